import { measureGrowth } from "./circuit-long.ts";
import { checkSteps } from "./circuit-steps.ts";
import { measureCircuit } from "./circuit-tasks.ts";

/** Live bytes; without `--expose-gc` what waits to be collected counts too. */
function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const [task, count = "0"] = process.argv.slice(2);
if (task === "measure") process.stdout.write(JSON.stringify(measureCircuit(heap)));
else if (task === "growth") process.stdout.write(JSON.stringify(measureGrowth(Number(count), heap)));
else if (task === "check") process.stdout.write(`${checkSteps(Number(count))} steps held\n`);
else throw new Error(`there is no task ${task}`);

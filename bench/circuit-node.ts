import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { ReplicaPort } from "../src/circuit/parallel/replica-messages.ts";
import { measureGrowth } from "./circuit-long.ts";
import { measureParallel } from "./circuit-parallel.ts";
import { checkSteps } from "./circuit-steps.ts";
import { measureCircuit } from "./circuit-tasks.ts";

/** Live bytes; without `--expose-gc` what waits to be collected counts too. */
function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function startReplica(): ReplicaPort {
  const worker = new Worker(join(import.meta.dirname, "circuit-replica.mjs"));
  return {
    post: (request, transfer) => worker.postMessage(request, transfer),
    onMessage: (listener) => worker.on("message", listener),
    onEnd: (listener) => worker.on("error", listener).on("exit", listener),
    close: () => void worker.terminate(),
  };
}

const [task, count = "0"] = process.argv.slice(2);
if (task === "measure") process.stdout.write(JSON.stringify(measureCircuit(heap)));
else if (task === "growth") process.stdout.write(JSON.stringify(measureGrowth(Number(count), heap)));
else if (task === "parallel") {
  const threads = { start: startReplica, cores: availableParallelism() };
  process.stdout.write(JSON.stringify(await measureParallel(threads)));
} else if (task === "check") process.stdout.write(`${checkSteps(Number(count))} steps held\n`);
else throw new Error(`there is no task ${task}`);

import type { ReplicaPort } from "../../src/circuit/parallel/replica-messages.ts";
import { measureParallel } from "../circuit-parallel.ts";

function startReplica(): ReplicaPort {
  const worker = new Worker(new URL("replica.worker.ts", import.meta.url), { type: "module" });
  return {
    post: (request, transfer) => worker.postMessage(request, transfer),
    onMessage: (listener) => worker.addEventListener("message", ({ data }) => listener(data)),
    onEnd: (listener) => worker.addEventListener("error", listener),
    close: () => worker.terminate(),
  };
}

const threads = { start: startReplica, cores: navigator.hardwareConcurrency };
// Once the page is there: whoever opens it waits for that, but not for minutes.
const figures = new Promise((resolve) => setTimeout(resolve)).then(() => measureParallel(threads));
Object.assign(globalThis, { figures });

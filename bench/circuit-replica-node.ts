import { parentPort } from "node:worker_threads";
import { serveReplica } from "../src/circuit/parallel/replica.ts";

const port = parentPort;
if (port === null) throw new Error("this is run as a thread");
serveReplica(
  {
    post: (answer, transfer) => port.postMessage(answer, transfer),
    onMessage: (listener) => port.on("message", listener),
  },
  () => performance.now(),
);

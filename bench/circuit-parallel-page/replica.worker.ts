import type { ReplicaRequest } from "../../src/circuit/parallel/replica-messages.ts";
import { serveReplica } from "../../src/circuit/parallel/replica.ts";

// The types of tests know a page, whose `postMessage` wants an origin.
const post: (message: unknown, options: { readonly transfer: ArrayBuffer[] }) => void = postMessage;

serveReplica(
  {
    post: (answer, transfer) => post(answer, { transfer }),
    onMessage: (listener) =>
      addEventListener("message", ({ data }: MessageEvent<ReplicaRequest>) => listener(data)),
  },
  () => performance.now(),
);

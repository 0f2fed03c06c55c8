import { expect, it } from "vitest";

type Message = { readonly found?: number; readonly acknowledged?: number; readonly closed?: boolean };

/** Starts a worker on the data directory and gives every message that it sends. */
function startWorker(dataDir: string, write: boolean) {
  const worker = new Worker(new URL("./store.test-worker.ts", import.meta.url), { type: "module" });
  const until = (done: (message: Message) => boolean) =>
    new Promise<Message>((resolve, reject) => {
      worker.addEventListener("message", ({ data }: MessageEvent<Message>) => done(data) && resolve(data));
      worker.addEventListener("error", ({ message }) => reject(new Error(message)));
    });
  worker.postMessage({ dataDir, write });
  return { worker, until };
}

it("[S2] keeps in OPFS what was acknowledged right before its worker was killed", async () => {
  const dataDir = `opfs-ahp://test-${crypto.randomUUID()}`;
  let acknowledged = 0;
  for (const writes of [1, 7]) {
    const { worker, until } = startWorker(dataDir, true);
    const target = acknowledged + writes;
    const found = until((message) => message.found !== undefined);
    await until((message) => (acknowledged = message.acknowledged ?? acknowledged) >= target);
    worker.terminate();
    expect((await found).found).toBeGreaterThanOrEqual(target - writes);
  }
  const { worker, until } = startWorker(dataDir, false);
  const closed = until((message) => message.closed === true);
  const { found } = await until((message) => message.found !== undefined);
  expect(found).toBeGreaterThanOrEqual(acknowledged);
  await closed;
  worker.terminate();
}, 180_000);

it("[S1] waits until another worker has closed the data directory", async () => {
  const dataDir = `idb://test-${crypto.randomUUID()}`;
  const first = startWorker(dataDir, true);
  await first.until((message) => message.acknowledged === 2);
  const second = startWorker(dataDir, false);
  let opened = false;
  const found = second.until((message) => message.found !== undefined).finally(() => (opened = true));
  await first.until((message) => message.acknowledged === 4);
  expect(opened).toBe(false);
  first.worker.terminate();
  expect((await found).found).toBeGreaterThanOrEqual(4);
  second.worker.terminate();
}, 180_000);

it("[S13] opens a data directory whose creation was killed at any instant", async () => {
  const dataDir = `opfs-ahp://test-${crypto.randomUUID()}`;
  for (const instant of [400, 900, 1600]) {
    const { worker } = startWorker(dataDir, true);
    await new Promise((resolve) => setTimeout(resolve, instant));
    worker.terminate();
  }
  const { worker, until } = startWorker(dataDir, true);
  expect((await until((message) => message.acknowledged === 2)).acknowledged).toBe(2);
  worker.terminate();
}, 180_000);

import type { LogFigure } from "../log-tasks.ts";

/** Resolves with the figures of a worker whose database is in the browser's own file system. */
const figures = new Promise<readonly LogFigure[]>((resolve, reject) => {
  const worker = new Worker(new URL("log.worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }: MessageEvent<readonly LogFigure[]>) => resolve(data));
  worker.addEventListener("error", ({ message }) => reject(new Error(message)));
});

Object.assign(globalThis, { figures });

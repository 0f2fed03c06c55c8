import type { RunTask } from "./contract.ts";

/** How each kind's heavy half is loaded: on first use, and only in the thread that runs it. */
const loaders: Readonly<Record<string, () => Promise<RunTask>>> = {
  scan: async () => (await import("./scan/run.ts")).runScan,
  copy: async () => (await import("./copy/run.ts")).runCopy,
  transcode: async () => (await import("./transcode/run.ts")).runTranscode,
};

/** What carries out the tasks of `kind`; `undefined` for an unknown kind. Rejects when its code cannot be loaded. */
export async function loadTask(kind: string): Promise<RunTask | undefined> {
  return loaders[kind]?.();
}

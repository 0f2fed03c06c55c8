import type { RunTask } from "./contract.ts";

/** How each kind's heavy half is loaded: on first use, and only in the thread that runs it. */
const loaders: Readonly<Record<string, () => Promise<{ readonly run: RunTask }>>> = {
  fetch: () => import("./fetch/run.ts"),
  scan: () => import("./scan/run.ts"),
  copy: () => import("./copy/run.ts"),
  transcode: () => import("./transcode/run.ts"),
  "render-page": () => import("./render-page/run.ts"),
  "render-fragment": () => import("./render-fragment/run.ts"),
  "render-listing": () => import("./render-listing/run.ts"),
  emit: () => import("./emit/run.ts"),
};

/** What carries out the tasks of `kind`; `undefined` for an unknown kind. Rejects when its code cannot be loaded. */
export async function loadTask(kind: string): Promise<RunTask | undefined> {
  const module = Object.hasOwn(loaders, kind) ? await loaders[kind]?.() : undefined;
  return module?.run;
}

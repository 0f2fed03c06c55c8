import { asProjectId } from "../model/ids.ts";
import { openStore, type Store } from "./open-store.ts";
import { listProjects, putProject } from "./projects.ts";

/**
 * The worker of `open-store.browser.test.ts`: it opens a store and writes projects, one transaction each, telling its
 * page the number of each that is acknowledged, until the page ends it.
 */
addEventListener("message", ({ data }: MessageEvent<{ dataDir: string; write: boolean }>) => {
  void work(data.dataDir, data.write);
});

async function work(dataDir: string, write: boolean): Promise<void> {
  const store = await openStore({ dataDir });
  postMessage({ found: (await listProjects(store)).length });
  if (write) await writeForEver(store);
  await store.close();
  postMessage({ closed: true });
}

async function writeForEver(store: Store): Promise<void> {
  const before = (await listProjects(store)).length;
  for (let n = before; ; n++) {
    await putProject(store, { projectId: asProjectId(`project ${n}`), name: String(n) }, n);
    postMessage({ acknowledged: n + 1 });
  }
}

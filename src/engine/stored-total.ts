import { totalOfAll } from "../store/artifacts.ts";
import type { OpenProjects } from "./open-projects.ts";
import type { EnginePorts } from "./ports.ts";

/** Keeps the table `storage` true in the open projects where a view looks at it. */
export class StoredTotal {
  readonly #projects: OpenProjects;
  readonly #ports: Pick<EnginePorts, "store" | "views">;

  constructor(projects: OpenProjects, ports: Pick<EnginePorts, "store" | "views">) {
    this.#projects = projects;
    this.#ports = ports;
  }

  /** To be called when artifacts may have come or gone. Counts them, which costs O(artifacts), if anybody looks. */
  async tell(): Promise<void> {
    const { store, views } = this.#ports;
    const watching = this.#projects.ids.filter((id) => views.isWatched(id, "storage"));
    if (watching.length === 0) return;
    const { artifacts, bytes } = await totalOfAll(store);
    for (const id of watching) {
      views.change(id, "storage", { upserts: [{ key: "artifacts", count: artifacts, bytes }] });
    }
  }
}

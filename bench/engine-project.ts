import { createMemoryStores } from "../src/artifacts/memory-stores.ts";
import { parseProjectPath } from "../src/base/project-path.ts";
import { invariant } from "../src/base/invariant.ts";
import { loadHasher } from "../src/base/xxhash.ts";
import { createLocalRunner } from "../src/host/local-runner.ts";
import { assembleHost } from "../src/host/open-host.ts";
import type { HostApi } from "../src/host/contract.ts";
import { asContentHash, asProjectId } from "../src/model/ids.ts";
import type { IntakeEntry, SourceBytes } from "../src/model/source.ts";
import type { RunRow } from "../src/model/view-rows.ts";
import type { CommandOf, CommandType, Replies, TaskItem, TaskResult } from "../src/model/wire.ts";
import { openStore } from "../src/store/open-store.ts";
import type { TaskRunner } from "../src/tasks/contract.ts";
import { scan } from "../src/tasks/scan/spec.ts";

/** What a build cost. Milliseconds. */
export type Cost = { readonly ms: number; readonly run: RunRow };

/**
 * A folder of documents and the engine that builds it, in Node: the database and the bytes are in memory, files are
 * really scanned, and what a task would make is a short text of its inputs. So all that is measured is the engine.
 */
export class EngineProject {
  readonly #host: HostApi;
  readonly #files = new Map<string, IntakeEntry>();
  readonly #projectId = asProjectId("bench");
  #listing: string | null = null;
  #time = 1;

  private constructor(host: HostApi) {
    this.#host = host;
  }

  /** Of `documents` documents: each links to the one before, every tenth embeds it, every hundredth embeds a hub. */
  static async open(documents: number): Promise<EngineProject> {
    const stores = createMemoryStores();
    const { artifacts, highlighted } = stores;
    const host = await assembleHost({
      stores,
      store: await openStore({ dataDir: "memory://" }),
      runner: withStubs(createLocalRunner({ artifacts, highlighted })),
      newId: () => crypto.randomUUID(),
      clock: Date.now,
      online: () => false,
    });
    const project = new EngineProject(host);
    project.write("hub.md", "# Hub\n\nWhat many show.\n");
    project.write("strata.yaml", "images:\n  quality: 80\n");
    for (let n = 0; n < documents; n++) project.write(pathOf(n), textOf(n));
    await project.#ask({ type: "open-project", projectId: project.#projectId, name: "bench" });
    return project;
  }

  write(raw: string, text: string): void {
    const path = parseProjectPath(raw);
    invariant(path !== undefined, `${raw} is a path inside the project`);
    const file = new Blob([text]);
    this.#files.set(raw, { path, size: file.size, modified: this.#time++, bytes: { type: "file", file } });
  }

  /** Tells the whole folder, as after a start, and builds. */
  buildAll(): Promise<Cost> {
    return this.#build({ base: null, entries: [...this.#files.values()], removed: [] });
  }

  /** Tells one file that was written, as a watch does, and builds. */
  buildChange(path: string): Promise<Cost> {
    const entry = this.#files.get(path);
    return this.#build({ base: this.#listing, entries: entry === undefined ? [] : [entry], removed: [] });
  }

  async #build(change: CommandOf<"intake">["change"]): Promise<Cost> {
    const projectId = this.#projectId;
    const started = performance.now();
    const { listing } = await this.#ask({ type: "intake", projectId, change, problems: [] });
    const { run } = await this.#ask({ type: "build", projectId, root: null, force: false });
    this.#listing = listing;
    return { ms: performance.now() - started, run };
  }

  async #ask<T extends CommandType>(command: CommandOf<T>): Promise<Replies[T]> {
    const reply = await this.#host.command<T>(command);
    if (!reply.ok) throw new Error(reply.fault.message);
    return reply.value;
  }
}

/** Twenty documents a folder. */
export function pathOf(n: number): string {
  return `part-${Math.floor(n / 1000)}/folder-${Math.floor(n / 20)}/note-${n}.md`;
}

export function textOf(n: number, version = 0): string {
  const link = n === 0 ? "" : `[[note-${n - 1}]] `;
  const embed = n % 100 === 1 ? "![[hub]]" : n % 10 === 1 ? `![[note-${n - 1}]]` : "";
  return `# Note ${n}\n\n${link}${embed}\n\nVersion ${version}.\n`;
}

/** Scans run; of everything else the output is named by its inputs, and not made. */
function withStubs(runner: TaskRunner): TaskRunner {
  return {
    ...runner,
    run: async (job, signal) => {
      if (job.kind === scan.kind) return runner.run(job, signal);
      return { jobId: job.id, worker: 0, results: await Promise.all(job.items.map(stub)) };
    },
  };
}

async function stub({ resourceId, input }: TaskItem): Promise<TaskResult> {
  const { bytes } = input as { readonly bytes?: SourceBytes };
  const content = bytes?.type === "file" ? await bytes.file.text() : "";
  const hasher = await loadHasher();
  const hash = asContentHash(hasher.bytes(new TextEncoder().encode(JSON.stringify([input, content]))));
  const artifact = { hash, size: content.length, type: "text/html" };
  return { status: "done", resourceId, artifact, value: null, problems: [], durationMs: 0, read: [] };
}

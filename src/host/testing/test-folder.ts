import { invariant } from "../../base/invariant.ts";
import { parseProjectPath } from "../../base/project-path.ts";
import type { IntakeEntry } from "../../model/source.ts";

type Content = string | Uint8Array<ArrayBuffer>;

/** No two writes have the same modification time, in whatever folder. */
let time = 1;

/** A folder in memory: text or bytes by path. */
export class TestFolder {
  readonly #files = new Map<string, { readonly content: Content; readonly modified: number }>();

  write(path: string, content: Content): void {
    this.#files.set(path, { content, modified: time++ });
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  /** Gives a file another name; where there is none, nothing. */
  move(from: string, to: string): void {
    const file = this.#files.get(from);
    if (file === undefined) return;
    this.#files.delete(from);
    this.#files.set(to, file);
  }

  paths(): readonly string[] {
    return [...this.#files.keys()];
  }

  /** The same files, to build from scratch. */
  copy(): TestFolder {
    const folder = new TestFolder();
    for (const [path, { content }] of this.#files) folder.write(path, content);
    return folder;
  }

  content(path: string): Content | undefined {
    return this.#files.get(path)?.content;
  }

  entries(): readonly IntakeEntry[] {
    return [...this.#files].map(([raw, { content, modified }]) => {
      const path = parseProjectPath(raw);
      invariant(path !== undefined, `${raw} is a path inside the project`);
      const file = new Blob([content]);
      return { path, size: file.size, modified, bytes: { type: "file", file } };
    });
  }
}

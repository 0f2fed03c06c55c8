import type { ProjectPath } from "../base/project-path.ts";
import type { Hasher } from "../base/xxhash.ts";
import { problemsOf, resolveReference, type Resolution } from "../documents/resolve-reference.ts";
import type { SiteIndex } from "../documents/site-index.ts";
import type { Reference } from "../model/facts.ts";
import type { Problem } from "../model/problem.ts";
import type { SourceRecord } from "../model/source.ts";

/** What a reference leads to, and what the person should know of it. */
export type Resolved = { readonly resolution: Resolution; readonly problems: readonly Problem[] };

/**
 * Keeps what references lead to from one derivation to the next. Where they lead depends on the names, titles, parts
 * and aliases of the project alone, its shape; so while that stays the same, only the references of changed documents
 * are resolved. An edit of some text costs its own document.
 */
export class ResolutionMemory {
  readonly #hasher: Hasher;
  readonly #shapes = new WeakMap<SourceRecord, string>();
  #shape = "";
  /** By identity: a scan makes new references, and what was not scanned again keeps its own. */
  #known = new WeakMap<Reference, Resolved>();

  constructor(hasher: Hasher) {
    this.#hasher = hasher;
  }

  /** Forgets everything unless the project still has the shape for which it was found. */
  enter(records: readonly SourceRecord[]): void {
    const shape = this.#hasher.text(records.map((record) => this.#shapeOf(record)).join());
    if (shape !== this.#shape) this.#known = new WeakMap();
    this.#shape = shape;
  }

  /** `reference` as the document `from` has it. */
  resolve(index: SiteIndex, from: ProjectPath, reference: Reference): Resolved {
    const known = this.#known.get(reference);
    if (known !== undefined) return known;
    const resolution = resolveReference(index, from, reference);
    const resolved = { resolution, problems: problemsOf(index, from, reference, resolution) };
    this.#known.set(reference, resolved);
    return resolved;
  }

  /** Everything of a file that references can name; all but its own references. */
  #shapeOf(record: SourceRecord): string {
    const known = this.#shapes.get(record);
    if (known !== undefined) return known;
    const { path, kind, facts } = record;
    const named = facts.type === "document" ? { ...facts, references: [] } : { type: facts.type };
    const shape = this.#hasher.text(JSON.stringify([path, kind, named]));
    this.#shapes.set(record, shape);
    return shape;
  }
}

import type { ProjectPath } from "../base/project-path.ts";
import type { Listing, ListingChange } from "../model/listing.ts";
import type { Problem } from "../model/problem.ts";
import type { IntakeEntry, SourceBytes, SourceRecord } from "../model/source.ts";
import { compareListing, type Difference, isUnchanged } from "./scan-files.ts";

type Sources = ReadonlyMap<ProjectPath, SourceRecord>;

/** The folder as it was told last, and which of its files may still be other than the sources say. */
export class FolderListing {
  /** What no other listing of the project is called. */
  readonly name: string;
  /** What reading the folder could not take in. */
  readonly problems: readonly Problem[];
  readonly #entries: Map<ProjectPath, IntakeEntry>;
  /** Told, and not compared since; `null` for all of them. */
  #unread: Set<ProjectPath> | null;

  private constructor(
    { name, problems }: Pick<FolderListing, "name" | "problems">,
    entries: Map<ProjectPath, IntakeEntry>,
    unread: Set<ProjectPath> | null,
  ) {
    this.name = name;
    this.problems = problems;
    this.#entries = entries;
    this.#unread = unread;
  }

  /**
   * The listing after `change` of `last`, which is of no use any more; `undefined` where the change starts from another
   * one. Cost: linear in the change.
   */
  static after(
    last: FolderListing | null,
    change: ListingChange,
    as: Pick<FolderListing, "name" | "problems">,
  ): FolderListing | undefined {
    const { base, entries: told, removed } = change;
    if (base === null) return new FolderListing(as, new Map(told.map((entry) => [entry.path, entry])), null);
    if (last === null || base !== last.name) return undefined;
    const entries = last.#entries;
    for (const path of removed) entries.delete(path);
    for (const entry of told) entries.set(entry.path, entry);
    const paths = [...removed, ...told.map(({ path }) => path)];
    return new FolderListing(as, entries, last.#unread && new Set([...last.#unread, ...paths]));
  }

  get entries(): Listing {
    return this.#entries;
  }

  /**
   * As `compareListing`, for what was told since the sources last agreed with it; for everything where what they say was
   * read elsewhere. Changes nothing but that then everything counts as not compared.
   */
  compare(sources: Sources, readElsewhere: boolean): Difference {
    if (readElsewhere) this.#unread = null;
    const among = this.#unread && [...this.#unread];
    return compareListing(this.#entries, sources, { readElsewhere, among });
  }

  /** Puts where the bytes are of what was told since the sources last agreed with it. */
  placeBytes(bytes: Map<ProjectPath, SourceBytes>): void {
    if (this.#unread === null) bytes.clear();
    for (const path of this.#unread ?? this.#entries.keys()) {
      const entry = this.#entries.get(path);
      if (entry === undefined) bytes.delete(path);
      else bytes.set(path, entry.bytes);
    }
  }

  /** The sources say what the listing does, but for files that could not be read: these are tried again. */
  noteTaken(sources: Sources): void {
    const paths = this.#unread ?? this.#entries.keys();
    this.#unread = new Set([...paths].filter((path) => this.#isOther(path, sources)));
  }

  #isOther(path: ProjectPath, sources: Sources): boolean {
    const entry = this.#entries.get(path);
    return entry !== undefined && !isUnchanged(entry, sources.get(path));
  }
}

import type { ProjectPath } from "../base/project-path.ts";
import type { Snapshot, TrackedMap } from "../base/tracked-map.ts";
import type { SourceRecord } from "../model/source.ts";
import { showsPictures } from "./remote-wants.ts";

type Sources = TrackedMap<ProjectPath, SourceRecord>;

/** Which sources have to do with other servers; most have nothing. */
export class RemoteUses {
  readonly #sources: Sources;
  readonly #fetched = new Set<ProjectPath>();
  readonly #showing = new Set<ProjectPath>();
  #seen: Snapshot<ProjectPath, SourceRecord> | null = null;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** What was fetched before. Cost, as of `showing`: linear in what changed since the last call, and in the answer. */
  fetched(): readonly SourceRecord[] {
    this.#update();
    return this.#recordsOf(this.#fetched);
  }

  /** The files of the folder that show pictures of other servers. */
  showing(): readonly SourceRecord[] {
    this.#update();
    return this.#recordsOf(this.#showing);
  }

  #update(): void {
    for (const path of this.#seen?.changesTo(this.#sources).keys() ?? this.#sources.keys()) {
      const source = this.#sources.get(path);
      const isFetched = source?.remote !== undefined;
      keep(this.#fetched, path, isFetched);
      keep(this.#showing, path, source !== undefined && !isFetched && showsPictures(source));
    }
    this.#seen = this.#sources.snapshot();
  }

  #recordsOf(paths: Iterable<ProjectPath>): readonly SourceRecord[] {
    return [...paths].flatMap((path) => this.#sources.get(path) ?? []);
  }
}

function keep(paths: Set<ProjectPath>, path: ProjectPath, isThere: boolean): void {
  if (isThere) paths.add(path);
  else paths.delete(path);
}

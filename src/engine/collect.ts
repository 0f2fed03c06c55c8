import type { ArtifactTotal } from "../model/artifact.ts";
import type { ContentHash, ProjectId } from "../model/ids.ts";
import {
  collectable,
  collectableAmong,
  forgetArtifacts,
  notedArtifacts,
  totalOf,
} from "../store/artifacts.ts";
import { pruneMade, pruneReplaced, type Replaced } from "../store/prune-made.ts";
import type { EnginePorts } from "./ports.ts";

/** Forgets what a project made and needs no more, then frees the bytes; as `pruneMade` and `collectGarbage`. */
export async function collectProject(projectId: ProjectId, ports: CollectPorts): Promise<ArtifactTotal> {
  await pruneMade(ports.store, projectId);
  return collectGarbage(ports);
}

/** The same, where nothing else than what stood for `replaced` can have to go. Linear in that. */
export async function collectReplaced(
  projectId: ProjectId,
  replaced: Replaced,
  ports: CollectPorts,
): Promise<ArtifactTotal> {
  await pruneReplaced(ports.store, projectId, replaced);
  return free(await collectableAmong(ports.store, replaced.hashes), ports);
}

/** Frees the bytes that no output refers to any more, and tells how much that was. */
export async function collectGarbage(ports: CollectPorts): Promise<ArtifactTotal> {
  return free(await collectable(ports.store), ports);
}

type CollectPorts = Pick<EnginePorts, "store" | "bytes">;

/** The bytes go first: a crash in between leaves rows without bytes, which the next collection drops. */
async function free(hashes: readonly ContentHash[], { store, bytes }: CollectPorts): Promise<ArtifactTotal> {
  if (hashes.length === 0) return { artifacts: 0, bytes: 0 };
  const freed = await totalOf(store, await bytes.release(hashes));
  await forgetArtifacts(store, hashes);
  return freed;
}

/**
 * Frees the bytes of which the database knows nothing: a thread was killed between storing them and noting it. Call it
 * when the engine starts, before anything runs that could be about to note what it has stored.
 */
export async function collectStrays({ store, bytes }: Pick<EnginePorts, "store" | "bytes">): Promise<void> {
  const stored = await bytes.list();
  const noted = new Set(await notedArtifacts(store));
  await bytes.release(stored.filter((hash) => !noted.has(hash)));
}

import type { Artifact } from "../model/artifact.ts";
import type { ContentHash } from "../model/ids.ts";
import type { ArtifactStore, NewArtifact } from "./contract.ts";
import type { StrataDatabase } from "./dexie-database.ts";
import { ownBytes } from "./own-bytes.ts";
import { orStorageFault } from "./storage-fault.ts";

/** Above this many keys, reading every key of the table is faster than looking for each. */
const manyKeys = 200;

/** Outputs in IndexedDB. Each call is one transaction, so a put is whole or absent. */
export function dexieArtifacts(database: StrataDatabase): ArtifactStore {
  const table = database.artifacts;
  return {
    putMany: (artifacts) => orStorageFault("store an output", putMissing(database, artifacts)),
    get: async (hash) => (await orStorageFault("read an output", table.get(hash)))?.bytes,
    getMany: async (hashes) => {
      const rows = await orStorageFault("read outputs", table.bulkGet([...hashes]));
      return rows.map((row) => row?.bytes);
    },
    present: (hashes) => orStorageFault("look for outputs", presentOf(database, hashes)),
    list: () => orStorageFault("list the outputs", table.toCollection().primaryKeys()),
    deleteMany: (hashes) => orStorageFault("remove outputs", table.bulkDelete([...hashes])),
  };
}

/** The check and the write share a transaction, so two workers that make the same bytes write them once. */
async function putMissing(
  database: StrataDatabase,
  artifacts: readonly NewArtifact[],
): Promise<readonly Artifact[]> {
  await database.transaction("rw", database.artifacts, async () => {
    const present = await presentOf(
      database,
      artifacts.map(({ hash }) => hash),
    );
    const missing = artifacts.filter(({ hash }) => !present.has(hash));
    await database.artifacts.bulkPut(missing.map(({ hash, bytes }) => ({ hash, bytes: ownBytes(bytes) })));
  });
  return artifacts.map(({ hash, type, bytes }) => ({ hash, type, size: bytes.byteLength }));
}

async function presentOf(
  database: StrataDatabase,
  hashes: readonly ContentHash[],
): Promise<ReadonlySet<ContentHash>> {
  if (hashes.length === 0) return new Set();
  if (hashes.length <= manyKeys) {
    return new Set(
      await database.artifacts
        .where("hash")
        .anyOf([...hashes])
        .primaryKeys(),
    );
  }
  const every = new Set(await database.artifacts.toCollection().primaryKeys());
  return new Set(hashes.filter((hash) => every.has(hash)));
}

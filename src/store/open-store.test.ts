import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Kysely } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import { asProjectId } from "../model/ids.ts";
import { DurablePGliteDialect } from "./durable-dialect.ts";
import { migrate } from "./migrate.ts";
import { allMigrations } from "./migrations/all-migrations.ts";
import { openStore, OpenStoreError } from "./open-store.ts";
import { listProjects } from "./projects.ts";
import { listGraphSnapshots, putGraphSnapshot } from "./graph-snapshots.ts";
import type { Tables } from "./tables.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-store-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const projectId = asProjectId("p");
const kept = { projectId, name: "kept", createdAt: 1, openedAt: 1 };

/** A data directory as version 1 left it, with a project in it. */
async function version1(dataDir: string): Promise<void> {
  const db = new Kysely<Tables>({ dialect: new DurablePGliteDialect(await PGlite.create({ dataDir })) });
  await migrate(db, allMigrations.slice(0, 1));
  await db
    .insertInto("project")
    .values({ project_id: projectId, name: "kept", created_at: 1, opened_at: 1 })
    .execute();
  await db.destroy();
}

it("[S4] brings a data directory of version 1 up to date, keeps its rows, and refuses one from the future", async () => {
  const dataDir = join(folder, "data");
  await version1(dataDir);
  const store = await openStore({ dataDir });
  expect(await listProjects(store)).toEqual([kept]);
  await putGraphSnapshot(store, projectId, { signature: "s", nodes: [], edges: [], diagnostics: [] }, 2);
  await store.db.insertInto("schema_version").values({ version: 999, name: "of tomorrow" }).execute();
  await store.close();
  await store.close();

  const refused = await openStore({ dataDir }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(OpenStoreError);
  expect(refused).toMatchObject({ fault: { code: "newer-database", severity: "error" } });

  const db = new Kysely<Tables>({ dialect: new DurablePGliteDialect(await PGlite.create({ dataDir })) });
  await db.deleteFrom("schema_version").where("version", "=", 999).execute();
  await db.destroy();
  const again = await openStore({ dataDir });
  expect(await listGraphSnapshots(again, projectId)).toHaveLength(1);
  await again.close();
}, 60_000);

it("[S4] numbers its migrations 1, 2, 3 …", () => {
  expect(allMigrations.map(({ version }) => version)).toEqual(allMigrations.map((_, n) => n + 1));
});

it("[S1] says what is wrong when a data directory cannot be opened", async () => {
  const dataDir = join(folder, "file");
  writeFileSync(dataDir, "not a database");
  const refused = await openStore({ dataDir }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(OpenStoreError);
  expect(refused).toMatchObject({ fault: { code: "database-unavailable" } });
}, 60_000);

it("[S1] stops trying when the signal aborts", async () => {
  const dataDir = join(folder, "file");
  writeFileSync(dataDir, "not a database");
  const signal = AbortSignal.abort(new Error("closed"));
  await expect(openStore({ dataDir, signal })).rejects.toThrow("closed");
});

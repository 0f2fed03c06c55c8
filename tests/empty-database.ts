import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Kysely } from "kysely";
import { DurablePGliteDialect } from "../src/store/durable-dialect.ts";
import { migrate } from "../src/store/migrate.ts";
import { allMigrations } from "../src/store/migrations/all-migrations.ts";
import type { Tables } from "../src/store/tables.ts";

const root = join(import.meta.dirname, "..");
const cache = join(root, "node_modules", ".cache", "strata");

/**
 * Runs once before the tests in Node: a database with every migration, dumped to a file that `openTestStore` begins
 * with. It is made again when a migration or PGlite has changed.
 */
export async function setup(): Promise<void> {
  const file = join(cache, `${hashOfWhatMakesIt()}.tar`);
  if (!existsSync(file)) await dumpTo(file);
  process.env["STRATA_EMPTY_DATABASE"] = file;
}

async function dumpTo(file: string): Promise<void> {
  const pglite = await PGlite.create("memory://");
  const fault = await migrate(
    new Kysely<Tables>({ dialect: new DurablePGliteDialect(pglite) }),
    allMigrations,
  );
  if (fault !== undefined) throw new Error(fault.message);
  const dump = await pglite.dumpDataDir("none");
  await pglite.close();
  mkdirSync(cache, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, new Uint8Array(await dump.arrayBuffer()));
  renameSync(unfinished, file);
}

function hashOfWhatMakesIt(): string {
  const store = join(root, "src", "store");
  const migrations = readdirSync(join(store, "migrations"))
    .sort()
    .map((name) => join(store, "migrations", name));
  const pglite = join(root, "node_modules", "@electric-sql", "pglite", "package.json");
  const hash = createHash("sha256");
  for (const path of [...migrations, join(store, "migrate.ts"), pglite]) hash.update(readFileSync(path));
  return hash.digest("hex").slice(0, 16);
}

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";
import { Kysely } from "kysely";
import type { Plugin } from "vite";
import { DurablePGliteDialect } from "../src/store/durable-dialect.ts";
import { migrate } from "../src/store/migrate.ts";
import { allMigrations } from "../src/store/migrations/all-migrations.ts";
import { dropSpareDatabases } from "../src/store/spare-databases.ts";
import type { Tables } from "../src/store/tables.ts";

const root = join(import.meta.dirname, "..");
const cache = join(root, "node_modules", ".cache", "strata");

/**
 * Puts an empty database with every migration beside the app, dumped and packed, for a first visit to begin with.
 * Without it a browser would make one file by file, which takes it 3 s longer.
 */
export function emptyDatabaseFile(): Plugin {
  return {
    name: "strata-empty-database",
    apply: "build",
    async generateBundle() {
      const source = gzipSync(readFileSync(await dumpOfEmptyDatabase()), { level: 9 });
      this.emitFile({ type: "asset", fileName: "empty-database.bin", source });
    },
  };
}

/** Called once before the tests in Node, for `openTestStore`. */
export async function setup(): Promise<void> {
  process.env["STRATA_EMPTY_DATABASE"] = await dumpOfEmptyDatabase();
}

/** The path of the dump. It is made again when a migration or PGlite has changed. */
async function dumpOfEmptyDatabase(): Promise<string> {
  const file = join(cache, `${hashOfWhatMakesIt()}.tar`);
  if (!existsSync(file)) await dumpTo(file);
  return file;
}

async function dumpTo(file: string): Promise<void> {
  const pglite = await PGlite.create("memory://");
  await dropSpareDatabases(pglite);
  const db = new Kysely<Tables>({ dialect: new DurablePGliteDialect(pglite) });
  const fault = await migrate(db, allMigrations);
  if (fault !== undefined) throw new Error(fault.message);
  const dump = await pglite.dumpDataDir("none");
  await pglite.close();
  mkdirSync(cache, { recursive: true });
  // Under its own name once it is whole: another run may look for it meanwhile.
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, new Uint8Array(await dump.arrayBuffer()));
  renameSync(unfinished, file);
}

function hashOfWhatMakesIt(): string {
  const store = join(root, "src", "store");
  const migrations = readdirSync(join(store, "migrations"))
    .sort()
    .map((name) => join(store, "migrations", name));
  const others = [join(store, "migrate.ts"), join(store, "spare-databases.ts")];
  const pglite = join(root, "node_modules", "@electric-sql", "pglite", "package.json");
  const hash = createHash("sha256");
  for (const path of [...migrations, ...others, pglite]) hash.update(readFileSync(path));
  return hash.digest("hex").slice(0, 16);
}

import { sql, type Kysely } from "kysely";
import type { Fault } from "../base/fault.ts";
import type { Migration } from "./migrations/migration.ts";
import type { Tables } from "./tables.ts";

/**
 * Brings the schema up to the last of `migrations`, all missing steps in one transaction. Gives a fault, and changes
 * nothing, when the data was written by a newer version of the app.
 */
export function migrate(db: Kysely<Tables>, migrations: readonly Migration[]): Promise<Fault | undefined> {
  return db.transaction().execute(async (trx) => {
    await sql`CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, name text NOT NULL)`.execute(
      trx,
    );
    const present = await versionOf(trx);
    if (present > migrations.length) return newerSchema(present, migrations.length);
    for (const migration of migrations.slice(present)) await carryOut(trx, migration);
    return undefined;
  });
}

async function versionOf(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom("schema_version")
    .select((of) => of.fn.max("version").as("version"))
    .executeTakeFirst();
  return row?.version ?? 0;
}

async function carryOut(db: Kysely<Tables>, migration: Migration): Promise<void> {
  for (const statement of migration.statements) await sql.raw(statement).execute(db);
  await db
    .insertInto("schema_version")
    .values({ version: migration.version, name: migration.name })
    .execute();
}

function newerSchema(present: number, known: number): Fault {
  return {
    code: "newer-database",
    severity: "error",
    message: `The data in this browser has format ${present}, and this version of Strata knows formats up to ${known}.`,
    remedy: "Load the newest version of Strata: close all its tabs, then open it again.",
  };
}

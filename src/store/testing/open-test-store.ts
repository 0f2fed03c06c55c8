import { readFileSync } from "node:fs";
import { openStore, type Store } from "../open-store.ts";

let dump: Blob | undefined;

/**
 * A new store in memory, for tests in Node. It begins with the empty database that the test run made once
 * (`scripts/empty-database.ts`): 0.6 s instead of 4.
 */
export function openTestStore(): Promise<Store> {
  const file = process.env["STRATA_EMPTY_DATABASE"];
  if (file === undefined) return openStore({ dataDir: "memory://" });
  dump ??= new Blob([readFileSync(file)]);
  return openStore({ dataDir: "memory://", template: () => Promise.resolve(dump) });
}

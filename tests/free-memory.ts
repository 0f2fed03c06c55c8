import { afterAll } from "vitest";
import { closeTestStores } from "../src/store/testing/open-test-store.ts";

/**
 * What a database in memory holds lies outside of the heap, so that V8 sees no reason to collect it: without this a run
 * of all tests grows to many gigabytes.
 */
afterAll(async () => {
  await closeTestStores();
  globalThis.gc?.();
});

import { describe } from "vitest";
import { describeStores } from "./contract.test-kit.ts";
import { createMemoryStores } from "./memory-stores.ts";

describe("stores in memory", () => {
  describeStores(async () => createMemoryStores());
});

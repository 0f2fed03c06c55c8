import { expect, it } from "vitest";
import { loadHasher } from "./xxhash.ts";

// Reference values of the XXH64 specification with seed 0.
it.each([
  ["", "ef46db3751d8e999"],
  ["hello", "26c7827d889f6da3"],
])("hashes %j to the value of the specification", async (text, expected) => {
  const hasher = await loadHasher();
  expect(hasher.text(text)).toBe(expected);
  expect(hasher.bytes(new TextEncoder().encode(text))).toBe(expected);
});

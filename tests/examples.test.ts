import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { runExamples } from "./examples.ts";

const root = resolve(import.meta.dirname, "..");

it.each([
  "src/graph/README.md",
  "src/circuit/README.md",
  "src/rules/README.md",
  "src/log/README.md",
  "src/engine/README.md",
])("%s says truly what its examples give", async (name) => {
  const path = join(root, name);
  const markdown = readFileSync(path, "utf8");
  const claims = await runExamples(path, markdown);
  const written = markdown.match(/^(?!import|\/\/|const).*\S; \/\/ .*$/gm) ?? [];
  expect(claims.length).toBe(written.length);
  expect(claims.length).toBeGreaterThan(10);
  for (const { code, actual, expected } of claims) expect(actual, code).toEqual(expected);
});

it("finds a claim that is wrong", async () => {
  const example = "```ts\nconst two: number = 2;\ntwo + 1; // 4\n[two]; // Uint8Array [2]\n```\n";
  expect(await runExamples(join(root, "README.md"), example)).toEqual([
    { code: "two + 1", actual: 3, expected: 4 },
    { code: "[two]", actual: [2], expected: Uint8Array.of(2) },
  ]);
});

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const { dependencies, devDependencies } = JSON.parse(read("package.json"));

describe("README.md", () => {
  it("names every package with its licence, and no other", () => {
    const rows = [...read("README.md").matchAll(/^\| ([@\w./-]*\w) +\| ([\w.-]+) +\| \S/gm)];
    const stated = rows.map(([, name, licence]) => [name, licence]).filter(([name]) => name !== "package");
    const installed = Object.keys({ ...dependencies, ...devDependencies }).map((name) => [
      name,
      JSON.parse(read(`node_modules/${name}/package.json`)).license,
    ]);
    expect(stated).toEqual(installed);
  });

  it("names the commands that .ci/run runs", () => {
    const command = read(".ci/run").trimEnd().split("\n").at(-1)!;
    expect(read("README.md")).toContain(`\`\`\`sh\n${command}\n\`\`\``);
  });
});

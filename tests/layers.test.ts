import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { layers } from "../layers.mjs";
import { checkLayers, unread } from "../scripts/check-layers.mjs";
import { makeFolder } from "./folder.ts";

const root = resolve(import.meta.dirname, "..");
const table: Readonly<Record<string, { runs: string; imports: string[]; packages: string[] }>> = layers;

describe("the layer table", () => {
  it("names every folder of src and no other", () => {
    const folders = readdirSync(join(root, "src"), { withFileTypes: true }).filter((e) => e.isDirectory());
    expect(folders.map((folder) => folder.name).toSorted()).toEqual(Object.keys(table).toSorted());
  });

  it("has no cycle: a layer imports only layers above it in the table", () => {
    const names = Object.keys(table);
    for (const [name, layer] of Object.entries(table)) {
      const above = names.slice(0, names.indexOf(name));
      expect(above, name).toEqual(expect.arrayContaining(layer.imports));
    }
  });

  it.each(["pure", "worker", "dom"])("agrees with tsconfig.%s.json", (runs) => {
    const config = JSON.parse(readFileSync(join(root, `tsconfig.${runs}.json`), "utf8"));
    const included = (config.include as string[]).flatMap((path) => /^src\/(\w+)\//.exec(path)?.[1] ?? []);
    const wanted = Object.keys(table).filter((name) => table[name]!.runs === runs);
    expect([...new Set(included)].toSorted()).toEqual(wanted.toSorted());
  });

  it("stands in ARCHITECTURE.md as it is", () => {
    const text = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
    const rows = [...text.matchAll(/^\| `(\w+)` +\| [^|]+\| ([^|]*)\| (\w+)/gm)];
    const stated = rows.map(([, name, imports, runs]) => [name, imports!.match(/\w+/g) ?? [], runs]);
    expect(stated).toEqual(Object.entries(table).map(([name, layer]) => [name, layer.imports, layer.runs]));
  });
});

describe("the import checker", () => {
  const small = {
    "package.json": '{ "type": "module" }',
    "src/base/fault.ts": "export type Fault = string;\n",
    "src/model/ids.ts": 'import type { Fault } from "../base/fault.ts";\nexport type Id = Fault;\n',
    "workers/engine.worker.ts": 'import type { Id } from "../src/model/ids.ts";\nexport type X = Id;\n',
  };

  it("reads every file and finds nothing in a sound folder", async () => {
    expect(await checkLayers(makeFolder(small))).toEqual({ seen: 3, errors: [] });
  });

  it("fails for each file that it did not read", () => {
    const files = ["src/base/a.ts", "src/base/b.ts"];
    expect(unread(files, new Set(["src/base/b.ts"]))).toEqual([
      "src/base/a.ts: not read by the import checker",
    ]);
    expect(unread(files, new Set()).length).toBe(2);
  });

  it("catches a violation planted in a copy of this project", async () => {
    const copy = makeFolder({ "package.json": '{ "type": "module" }' });
    for (const folder of ["src", "workers"])
      cpSync(join(root, folder), join(copy, folder), { recursive: true });
    writeFileSync(
      join(copy, "src/base/canary.ts"),
      'import type { Session } from "../session/contract.ts";\nexport type C = Session;\n',
    );
    const { seen, errors } = await checkLayers(copy);
    expect(seen).toBeGreaterThan(50);
    expect(errors.join("\n")).toContain("layer-base: src/base/canary.ts -> src/session/contract.ts");
  });

  it("fails when there is nothing to read", async () => {
    const { errors } = await checkLayers(makeFolder({ "src/README.md": "", "workers/README.md": "" }));
    expect(errors).toEqual(["no source files were found"]);
  });

  it.each([
    [
      "an upward import",
      "src/base/up.ts",
      'import { a } from "../model/ids.ts";\nexport const b = a;\n',
      "layer-base",
    ],
    [
      "an upward type import",
      "src/base/up.ts",
      'import type { Id } from "../model/ids.ts";\nexport type B = Id;\n',
      "layer-base",
    ],
    ["an upward re-export", "src/base/up.ts", 'export * from "../model/ids.ts";\n', "layer-base"],
    [
      "an upward dynamic import",
      "src/base/up.ts",
      'export const b = () => import("../model/ids.ts");\n',
      "layer-base",
    ],
    [
      "an import by a layer that the table does not list",
      "src/graph/a.ts",
      'import type { Id } from "../model/ids.ts";\nexport type B = Id;\n',
      "layer-graph",
    ],
    [
      "a thread that reaches past its layers",
      "workers/x.worker.ts",
      'import "../src/store/open.ts";\n',
      "layer-workers",
    ],
    [
      "a Node built-in",
      "src/base/os.ts",
      'import { cpus } from "node:os";\nexport const n = cpus;\n',
      "no-built-in",
    ],
    [
      "a cycle",
      "src/base/fault.ts",
      'import type { Id } from "../model/ids.ts";\nexport type Fault = Id;\n',
      "no-cycle",
    ],
    [
      "a missing file",
      "src/base/lost.ts",
      'import { a } from "./nowhere.ts";\nexport const b = a;\n',
      "no-missing",
    ],
    ["a barrel", "src/base/index.ts", 'export * from "./fault.ts";\n', "a barrel"],
    [
      "an engine that loads what a worker runs",
      "src/engine/a.ts",
      'import "../tasks/copy/run.ts";\n',
      "engine-sees-specs-only",
    ],
    [
      "a page that loads the host at once",
      "src/session/a.ts",
      'import "../host/open.ts";\n',
      "session-sees-host-types",
    ],
    [
      "a product file that imports a test kit",
      "src/model/a.ts",
      'import "./a.test-kit.ts";\n',
      "no-test-in-product",
    ],
  ])("catches %s", async (_, path, content, rule) => {
    const others = {
      "src/store/open.ts": "export const open = 1;\n",
      "src/host/open.ts": "export const open = 1;\n",
      "src/tasks/copy/run.ts": "export const run = 1;\n",
      "src/model/a.test-kit.ts": "export const kit = 1;\n",
    };
    const { errors } = await checkLayers(makeFolder({ ...small, ...others, [path]: content }));
    expect(errors.join("\n")).toContain(rule);
  });

  it("catches a package outside the layers that own it", async () => {
    const files = {
      "src/base/react.ts": 'import { createElement } from "react";\nexport const e = createElement;\n',
    };
    const installed = {
      "node_modules/react/package.json": '{ "name": "react", "version": "1.0.0", "main": "index.js" }',
      "node_modules/react/index.js": "exports.createElement = 1;\n",
    };
    const { errors } = await checkLayers(makeFolder({ ...small, ...files, ...installed }));
    expect(errors.join("\n")).toContain("package-react");
  });
});

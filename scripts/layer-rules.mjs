import { layers as table, workerImports } from "../layers.mjs";

/**
 * @typedef {{ runs: string, imports: string[], packages: string[] }} Layer
 * @typedef {import("dependency-cruiser").IForbiddenRuleType} Rule
 */

const tests = "(\\.(test|test-kit|test-data)\\.tsx?|/testing/[^/]+)$";

/**
 * The layer table as rules of the import checker: what is not in the table is forbidden.
 *
 * @param {Record<string, Layer>} [layers]
 * @returns {Rule[]}
 */
export function layerRules(layers = table) {
  return [...layerImports(layers), ...ownedPackages(layers), ...narrowImports, ...everywhere];
}

/**
 * One rule for each layer, one for the threads, one for the page's entry.
 *
 * @param {Record<string, Layer>} layers
 * @returns {Rule[]}
 */
function layerImports(layers) {
  const names = Object.keys(layers);
  const rules = names.map((name) =>
    onlyFolders(`layer-${name}`, `^src/${name}/`, [name, ...(layers[name]?.imports ?? [])]),
  );
  return [
    ...rules,
    onlyFolders("layer-workers", "^workers/", workerImports),
    onlyFolders("layer-entry", "^src/[^/]+$", ["base", "model", "session", "ui"]),
  ];
}

/**
 * Files at `path` import files of these layers, and of no other place in the project. The page's entry may also
 * name its neighbours.
 *
 * @param {string} name
 * @param {string} path
 * @param {string[]} folders
 * @returns {Rule}
 */
function onlyFolders(name, path, folders) {
  const allowed = folders.map((folder) => `^src/${folder}/`);
  const own = path.startsWith("^src/[") ? [path] : [];
  return {
    name,
    severity: "error",
    comment: `may import ${folders.join(", ")}`,
    from: { path },
    to: {
      path: "^(?!node_modules/)[^/]+/",
      pathNot: [...allowed, ...own, ...ownThread(path)],
      couldNotResolve: false,
      dependencyTypes: ["local"],
    },
  };
}

/** The files of `workers/` may share a file among themselves. @param {string} path */
function ownThread(path) {
  return path === "^workers/" ? [path] : [];
}

/**
 * A package that some layer names may be imported there and, for Comlink, in the threads.
 *
 * @param {Record<string, Layer>} layers
 * @returns {Rule[]}
 */
function ownedPackages(layers) {
  const packages = new Set(Object.values(layers).flatMap((layer) => layer.packages));
  return [...packages].map((name) => {
    const owners = Object.keys(layers).filter((layer) => layers[layer]?.packages.includes(name));
    const places = owners.map((layer) => `^src/${layer}/`);
    if (name === "comlink") places.push("^workers/");
    if (name.startsWith("react")) places.push("^src/main\\.tsx$");
    return {
      name: `package-${name}`,
      severity: "error",
      comment: `only in ${owners.join(", ")}`,
      from: { path: "^(src|workers)/", pathNot: [...places, tests] },
      to: { path: `^node_modules/${name}/` },
    };
  });
}

/** Where the table lets a layer be imported in part alone. @type {Rule[]} */
const narrowImports = [
  {
    name: "engine-sees-specs-only",
    severity: "error",
    comment: "the engine plans tasks and never loads what carries them out",
    from: { path: "^src/engine/", pathNot: tests },
    to: { path: "^src/tasks/", pathNot: ["/spec\\.ts$", "^src/tasks/contract\\.ts$"] },
  },
  {
    name: "session-sees-host-types",
    severity: "error",
    comment: "the page loads the host only when it has no worker for it, and then by a dynamic import",
    from: { path: "^src/session/", pathNot: tests },
    to: { path: "^src/host/", dependencyTypesNot: ["type-only", "dynamic-import"] },
  },
];

/** What no layer may do. @type {Rule[]} */
const everywhere = [
  { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
  {
    name: "no-missing",
    severity: "error",
    from: {},
    to: {
      couldNotResolve: true,
      pathNot: ["^virtual:", "^vitest", "\\.(css|md|yaml|wasm|svg|json)$", "\\?(url|raw|worker)$"],
    },
  },
  {
    name: "no-built-in",
    severity: "error",
    comment: "the product runs in a browser",
    from: { path: "^(src|workers)/", pathNot: tests },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "no-test-in-product",
    severity: "error",
    from: { path: "^(src|workers)/", pathNot: tests },
    to: { path: [tests, "^(tests|e2e|bench|scripts)/"] },
  },
  {
    name: "no-undeclared-package",
    severity: "error",
    from: { path: "^(src|workers)/" },
    to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
  },
];

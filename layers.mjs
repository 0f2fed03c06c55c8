/**
 * The layers of Strata: the one table that the import checker, the tsconfigs and ARCHITECTURE.md follow.
 *
 * `imports` lists the other layers of `src/` a layer may import. `packages` lists the packages that only this
 * layer (and the others that name them) may import; a package that no layer names is free for all of them.
 * `runs` says which globals the code may count on: `pure` has none but the language's own, `worker` has those of
 * a web worker, `dom` those of a page.
 */
export const layers = {
  base: { runs: "pure", imports: [], packages: [] },
  model: { runs: "pure", imports: ["base"], packages: [] },
  graph: { runs: "pure", imports: ["base"], packages: [] },
  circuit: { runs: "pure", imports: ["base", "model"], packages: [] },
  rules: { runs: "pure", imports: ["base", "model", "graph"], packages: [] },
  documents: { runs: "pure", imports: ["base", "model"], packages: [] },
  artifacts: { runs: "worker", imports: ["base", "model"], packages: ["dexie"] },
  tasks: { runs: "worker", imports: ["base", "model", "documents", "artifacts"], packages: [] },
  store: { runs: "worker", imports: ["base", "model"], packages: ["kysely", "@electric-sql/pglite"] },
  log: {
    runs: "worker",
    imports: ["base", "model", "store"],
    packages: ["kysely", "@electric-sql/pglite"],
  },
  engine: {
    runs: "worker",
    imports: ["base", "model", "graph", "rules", "documents", "store", "log", "tasks"],
    packages: [],
  },
  host: {
    runs: "worker",
    imports: [
      "base",
      "model",
      "graph",
      "circuit",
      "rules",
      "documents",
      "artifacts",
      "tasks",
      "store",
      "log",
      "engine",
    ],
    packages: ["comlink"],
  },
  project: { runs: "dom", imports: ["base", "model", "documents", "artifacts"], packages: [] },
  session: {
    runs: "dom",
    imports: ["base", "model", "circuit", "project", "host"],
    packages: ["comlink"],
  },
  ui: {
    runs: "dom",
    imports: ["base", "model", "session"],
    packages: ["react", "react-dom", "reactflow", "@tanstack/react-virtual"],
  },
};

/** The files of `workers/` wire one thread each; they may import these layers. */
export const workerImports = ["base", "model", "artifacts", "tasks", "host"];

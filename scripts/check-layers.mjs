import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { cruise } from "dependency-cruiser";
import { layerRules } from "./layer-rules.mjs";

/**
 * Checks every import of `src/` and `workers/` against the layer table. A checker that read nothing would find
 * nothing, so the files it saw are compared with those on disk.
 *
 * @param {string} root the project's folder
 * @returns {Promise<{ seen: number, errors: string[] }>}
 */
export async function checkLayers(root) {
  const onDisk = sourceFiles(root);
  const { output } = await cruise(["src", "workers"], {
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: layerRules() },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      conditionNames: ["import", "browser", "default"],
      exportsFields: ["exports"],
    },
  });
  if (typeof output === "string") throw new Error("The import checker gave a report instead of values.");
  const seen = new Set(output.modules.map((module) => module.source));
  const unseen = unread(onDisk, seen);
  const empty = onDisk.length === 0 ? ["no source files were found"] : [];
  return {
    seen: onDisk.length - unseen.length,
    errors: [...empty, ...unseen, ...barrels(onDisk), ...output.summary.violations.map(describe)],
  };
}

/**
 * The files that the checker passed over, which would hide every fault in them.
 *
 * @param {string[]} onDisk
 * @param {ReadonlySet<string>} seen
 */
export function unread(onDisk, seen) {
  return onDisk.filter((file) => !seen.has(file)).map((file) => `${file}: not read by the import checker`);
}

/** @param {import("dependency-cruiser").IViolation} violation */
function describe(violation) {
  const path =
    violation.cycle === undefined
      ? ""
      : `: ${[violation.from, ...violation.cycle.map((step) => step.name)].join(" -> ")}`;
  const note = violation.comment === undefined ? "" : ` (${violation.comment})`;
  return `${violation.rule.name}: ${violation.from} -> ${violation.to}${path}${note}`;
}

/** @param {string[]} files */
function barrels(files) {
  return files.filter((file) => /(^|\/)index\.tsx?$/.test(file)).map((file) => `${file}: a barrel`);
}

/** TypeScript files of the product, relative to the root, with `/` between parts. @param {string} root */
function sourceFiles(root) {
  return ["src", "workers"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/")),
  );
}

if (process.argv[1] === import.meta.filename) {
  const { seen, errors } = await checkLayers(resolve(import.meta.dirname, ".."));
  for (const error of errors) console.error(error);
  console.log(`${seen} files read, ${errors.length} faults`);
  process.exitCode = errors.length === 0 ? 0 : 1;
}

import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

/** A rule stands at the start of a line or list item: `[G1] …`, `- [G1] …`, `**[G1]** …`. */
const ruleLine = /^\s*(?:[-*]\s+)?(?:\*\*)?\[([A-Z]{1,4}\d+[a-z]?)\]/gm;
/** A test cites the rules with which its name begins: `it("[G1] …`, `it("[G1] [G2] …`. */
const testName = /\(\s*["'`]((?:\[[A-Z]{1,4}\d+[a-z]?\][\s,]*)+)/g;

/**
 * Compares the numbered rules of every `SPEC.md` with the tests that cite them.
 *
 * @param {string} root the project's folder
 * @returns {{ rules: number, errors: string[] }}
 */
export function checkRules(root) {
  const files = ["src", "tests", "e2e"].flatMap((folder) => filesUnder(root, folder));
  const stated = rulesOf(root, files);
  const cited = citationsOf(root, files);
  const repeated = [...stated].filter(([, places]) => places.length > 1);
  return {
    rules: stated.size,
    errors: [
      ...repeated.map(([rule, places]) => `[${rule}] is stated ${places.length} times: ${places.join(", ")}`),
      ...[...stated]
        .filter(([rule]) => !cited.has(rule))
        .map(([rule, places]) => `[${rule}] of ${places[0]} has no test`),
      ...[...cited]
        .filter(([rule]) => !stated.has(rule))
        .map(([rule, place]) => `[${rule}] of ${place} is in no SPEC.md`),
    ],
  };
}

/**
 * @param {string} root
 * @param {string[]} files
 */
function rulesOf(root, files) {
  /** @type {Map<string, string[]>} */
  const rules = new Map();
  for (const file of files.filter((name) => /(^|\/)SPEC\.md$/.test(name))) {
    for (const [, rule = ""] of readFileSync(join(root, file), "utf8").matchAll(ruleLine)) {
      rules.set(rule, [...(rules.get(rule) ?? []), file]);
    }
  }
  return rules;
}

/**
 * @param {string} root
 * @param {string[]} files
 */
function citationsOf(root, files) {
  /** @type {Map<string, string>} */
  const cited = new Map();
  for (const file of files.filter((name) => /\.(test|test-kit|spec)\.tsx?$/.test(name))) {
    for (const [, names = ""] of readFileSync(join(root, file), "utf8").matchAll(testName)) {
      for (const [, rule = ""] of names.matchAll(/\[([^\]]+)\]/g)) cited.set(rule, file);
    }
  }
  return cited;
}

/**
 * @param {string} root
 * @param {string} folder
 */
function filesUnder(root, folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

if (process.argv[1] === import.meta.filename) {
  const { rules, errors } = checkRules(resolve(import.meta.dirname, ".."));
  const none = rules === 0 ? ["no SPEC.md states a rule"] : [];
  for (const error of [...none, ...errors]) console.error(error);
  console.log(`${rules} rules, ${none.length + errors.length} faults`);
  process.exitCode = none.length + errors.length === 0 ? 0 : 1;
}

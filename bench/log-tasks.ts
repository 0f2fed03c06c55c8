import { asProjectId } from "../src/model/ids.ts";
import type { NewOperation } from "../src/model/operation.ts";
import { KyselyDocumentIndexer } from "../src/log/indexer.ts";
import { openLog, type Log } from "../src/log/open-log.ts";
import { openOperationStore } from "../src/log/operation-store.ts";
import type { Store } from "../src/store/open-store.ts";

/** One line of the figures: what was done, and what it cost by the number of operations or edges. */
export type LogFigure = { readonly name: string; readonly unit: string; readonly values: readonly number[] };

/** Operations, each of one relationship. */
export const logSizes = [1000, 10_000, 100_000];
/** Relationships of a chain or a tree. */
export const walkSizes = [500, 5000, 50_000];
/** Operations in one transaction. */
const batch = 2000;

let projects = 0;
const newProject = () => asProjectId(`bench ${++projects}`);

/** Everything that is measured of the log, on a store of the caller's. */
export async function measureLog(store: Store): Promise<readonly LogFigure[]> {
  await writing(store, 5000);
  const written: Awaited<ReturnType<typeof writing>>[] = [];
  for (const size of logSizes) written.push(await writing(store, size));
  const figures: LogFigure[] = (["append", "index", "record"] as const).map((name) => ({
    name: { append: "append alone", index: "index alone", record: "append and index" }[name],
    unit: "operations/s",
    values: written.map((rates) => rates[name]),
  }));
  for (const shape of ["chain", "tree"] as const) {
    const walks: Awaited<ReturnType<typeof walking>>[] = [];
    for (const size of walkSizes) walks.push(await walking(store, shape, size));
    for (const [name, values] of transposed(walks))
      figures.push({ name: `${shape}: ${name}`, unit: "ms", values });
  }
  return figures;
}

/** Operations a second of each way to write `count` of them, in batches. */
async function writing(store: Store, count: number) {
  const operations = Array.from({ length: count }, (_, n) => relates(`d${n}`, [`d${n + 1}`]));
  const separate = newProject();
  const operationStore = openOperationStore(store, Date.now);
  const append = await seconds(() => inBatches(operations, (part) => operationStore.append(separate, part)));
  const index = await seconds(() => new KyselyDocumentIndexer(store, separate).init());
  const log = await openLog(store, newProject(), Date.now);
  const record = await seconds(() => inBatches(operations, (part) => log.record(part)));
  return { append: count / append, index: count / index, record: count / record };
}

/** Milliseconds of walks over all of a shape, the first with nothing in memory, and the later ones. */
async function walking(store: Store, shape: "chain" | "tree", edges: number) {
  const log = await openLog(store, newProject(), Date.now);
  const parent = (n: number) => (shape === "chain" ? n - 1 : Math.floor((n - 1) / 2));
  const operations = Array.from({ length: edges }, (_, n) => relates(`d${parent(n + 1)}`, [`d${n + 1}`]));
  await inBatches(operations, (part) => log.record(part));
  const last = `d${edges}`;
  return {
    "findPath, first": await milliseconds(() => log.indexer.findPath("d0", last)),
    findPath: await least(() => log.indexer.findPath("d0", last)),
    findAncestors: await least(() => log.indexer.findAncestors(last)),
    getOutgoing: await least(() => log.indexer.getOutgoing("d0")),
    "one more, then findPath": await least(() => oneMore(log, last)),
  };
}

async function oneMore(log: Log, target: string): Promise<void> {
  const token = await log.record([relates(`new ${projects++}`, [target])]);
  await log.indexer.findPath("d0", target, undefined, token);
}

function relates(documentId: string, targets: readonly string[]): NewOperation {
  const relationships = targets.map((targetId) => ({ targetId, type: "references" }) as const);
  const action = { type: "ADD_RELATIONSHIP", relationships } as const;
  return { documentId, scope: "document", branch: "main", action };
}

async function inBatches<T>(
  rows: readonly T[],
  write: (part: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < rows.length; at += batch) await write(rows.slice(at, at + batch));
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  return (await milliseconds(work)) / 1000;
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function least(work: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < 5; round++) best = Math.min(best, await milliseconds(work));
  return best;
}

function transposed(
  rows: readonly Readonly<Record<string, number>>[],
): readonly (readonly [string, number[]])[] {
  return Object.keys(rows[0] ?? {}).map((name) => [name, rows.map((row) => row[name] ?? NaN)]);
}

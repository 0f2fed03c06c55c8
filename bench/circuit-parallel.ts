import { Circuit } from "../src/circuit/circuit.ts";
import { packRows } from "../src/circuit/crossing/pack-rows.ts";
import type { Entry } from "../src/circuit/entry.ts";
import { measuredGate, type Gate } from "../src/circuit/parallel/gate.ts";
import { ParallelCircuit } from "../src/circuit/parallel/parallel-circuit.ts";
import { placeViews } from "../src/circuit/parallel/placement.ts";
import type { ReplicaPort } from "../src/circuit/parallel/replica-messages.ts";
import { packedDelta } from "../src/circuit/parallel/told-delta.ts";
import type { ViewDefinition } from "../src/circuit/view.ts";
import { parallelCases, type ParallelCase } from "./circuit-parallel-views.ts";

/** One line of the figures: milliseconds of the load and medians of the flushes, for each way to do it. */
export type ParallelFigure = {
  readonly views: string;
  readonly what: string;
  readonly values: { readonly [way: string]: number };
};

/** Starts threads that serve replicas, and ends them. */
export type Threads = { readonly start: () => ReplicaPort; readonly cores: number };

const rows = 100_000;
/** Entries in a batch, how many batches come first without being measured, and how many are. */
const batches = [
  [10, 20, 200],
  [1000, 60, 40],
  [10_000, 20, 9],
] as const;

/** A circuit, whichever; what its listeners hear they pack, as who sends it to a page does. */
type Way = {
  readonly ingest: (entries: readonly Entry[]) => Promise<void>;
  readonly hashes: () => Promise<readonly (string | undefined)[]>;
  /** How many views are kept in other threads. */
  readonly away: () => number;
  readonly close: () => Promise<void>;
};

/** Sequential against parallel: one thread, the gate, and the views spread over a thread more and more. */
export async function measureParallel(threads: Threads): Promise<readonly ParallelFigure[]> {
  const replicas = Array.from({ length: Math.max(2, Math.min(threads.cores, 8) - 1) }, (_, n) => n + 1);
  const ways: { readonly [name: string]: (of: ParallelCase) => Promise<Way> } = {
    "one thread": (of) => Promise.resolve(sequential(of)),
    gate: (of) => parallel(of, threads, measuredGate),
    ...Object.fromEntries(
      replicas.map((count) => [
        `${count + 1} threads`,
        (of: ParallelCase) => parallel(of, threads, spreadOver(count + 1)),
      ]),
    ),
  };
  const figures: ParallelFigure[] = [];
  for (const of of parallelCases) figures.push(...(await measureCase(of, ways)));
  return figures;
}

async function measureCase(
  of: ParallelCase,
  ways: { readonly [name: string]: (of: ParallelCase) => Promise<Way> },
): Promise<readonly ParallelFigure[]> {
  const measured: { readonly [name: string]: Measured } = Object.fromEntries(
    await inTurn(
      Object.entries(ways),
      async ([name, open]) => [name, await measureWay(of, await open(of))] as const,
    ),
  );
  const [first, ...others] = Object.values(measured).map(({ hashes }) => hashes.join());
  if (others.some((hashes) => hashes !== first))
    throw new Error(`the ways do not agree: ${first} ${others.join(" ")}`);
  const values = (figure: (each: Measured) => number) =>
    Object.fromEntries(Object.entries(measured).map(([name, each]) => [name, figure(each)]));
  const { views } = of;
  return [
    { views, what: "load of 100,000 rows, ms", values: values(({ load }) => load) },
    ...batches.flatMap(([size], n) => [
      { views, what: `batch of ${size}, ms`, values: values(({ flushes }) => flushes[n]?.ms ?? NaN) },
      {
        views,
        what: `views in other threads then`,
        values: values(({ flushes }) => flushes[n]?.away ?? NaN),
      },
    ]),
  ];
}

type Measured = {
  readonly load: number;
  readonly flushes: readonly { readonly ms: number; readonly away: number }[];
  readonly hashes: readonly (string | undefined)[];
};

async function measureWay(of: ParallelCase, way: Way): Promise<Measured> {
  const opened = of.open(rows);
  const load = await duration(() => way.ingest(opened.load));
  const flushes = await inTurn(batches, async ([size, first, measured]) => {
    const all: number[] = [];
    for (let n = 0; n < first + measured; n++) {
      const entries = Array.from({ length: size }, opened.change);
      all.push(await duration(() => way.ingest(entries)));
      // As between the frames of an app: without it no thread would ever hear of another.
      await new Promise((resolve) => setTimeout(resolve));
    }
    return { ms: median(all.slice(first)), away: way.away() };
  });
  const hashes = await way.hashes();
  await way.close();
  return { load, flushes, hashes };
}

const definitionsOf = ({ plans }: ParallelCase): readonly (readonly [string, ViewDefinition])[] =>
  plans.map((plan, n) => [`v${n}`, { plan, parameters: {}, frequency: "realtime" }]);

const clock = (): number => performance.now();

function sequential(of: ParallelCase): Way {
  const circuit = new Circuit({ schema: of.schema, clock, pendingLimit: Infinity });
  for (const [name, definition] of definitionsOf(of))
    circuit.register(name, definition, ({ upserts }) => void packRows(upserts));
  return {
    ingest: async (entries) => demand(circuit.ingestBatch(entries).ok),
    hashes: async () => circuit.views().map((name) => circuit.hash(name)),
    away: () => 0,
    close: async () => {},
  };
}

async function parallel(of: ParallelCase, { start, cores }: Threads, gate: Gate): Promise<Way> {
  const circuit = new ParallelCircuit({
    schema: of.schema,
    clock,
    pendingLimit: Infinity,
    startReplica: start,
    cores,
    gate,
  });
  for (const [name, definition] of definitionsOf(of))
    await circuit.register(name, definition, (delta) => void packedDelta(delta));
  // A gate that spreads views in any case has done so before the load comes, and its threads have begun.
  for (let times = 0; times < 100; times++) {
    await circuit.flush();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    ingest: async (entries) => demand((await circuit.ingestBatch(entries)).ok),
    hashes: () => inTurn(circuit.views(), (name) => circuit.hash(name)),
    away: () => circuit.places().size,
    close: () => circuit.close(),
  };
}

/** Spreads views by the weights of their plans, whether or not it pays. */
function spreadOver(threads: number): Gate {
  const crossing = { messageMs: 0, packMs: 0, openMs: 0, answerMs: 0 };
  const load = {
    changes: new Map([
      ["item", 1],
      ["node", 1],
    ]),
    unitMs: 1,
    crossing,
  };
  return {
    leastMs: 0,
    decide: ({ views }, state) =>
      state.places.size > 0 ? state : { places: placeViews(views, threads, load), patience: 0 },
  };
}

function demand(isSo: boolean): void {
  if (!isSo) throw new Error("the circuit takes what the benchmark makes");
}

async function duration(run: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
}

async function inTurn<T, R>(all: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const one of all) results.push(await run(one));
  return results;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

import type { PackedRows } from "../../src/model/packed-rows.ts";
import type { NodeRow } from "../../src/model/view-rows.ts";
import { MutableView } from "../../src/session/live-view.ts";
import type { Ask } from "./crossing.worker.ts";

/** Milliseconds, each the median of some rounds. */
export type CrossingFigure = Ask & {
  readonly leave: number;
  /** Reading the message and taking its rows into the view. */
  readonly arrive: number;
  /** Reading the rows of a screen, 50 of them. */
  readonly screen: number;
  /** Reading all that were not read yet. */
  readonly all: number;
};

const sizes = [1, 100, 1_000, 10_000, 100_000];
const worker = new Worker(new URL("crossing.worker.ts", import.meta.url), { type: "module" });

/** What the page held before: rows as they came, in a map that was copied when it had been read. */
class ObjectView {
  #rows: ReadonlyMap<string, NodeRow> = new Map();

  apply(rows: readonly NodeRow[]): void {
    const next = new Map(this.#rows);
    for (const row of rows) next.set(row.key, row);
    this.#rows = next;
  }

  rows(): Iterable<NodeRow> {
    return this.#rows.values();
  }
}

type Round = Pick<CrossingFigure, "leave" | "arrive" | "screen" | "all">;

/** One message, into a view that holds its rows already, as in a build that goes on. */
async function round(ask: Ask, view: MutableView<NodeRow>, before: ObjectView): Promise<Round> {
  const answers: Promise<{ readonly arrive: number; readonly leave: number }> = new Promise((resolve) => {
    let arrive = 0;
    const hear = (event: MessageEvent<readonly NodeRow[] | PackedRows | number>) => {
      const start = performance.now();
      const { data } = event;
      if (typeof data === "number") {
        worker.removeEventListener("message", hear);
        return resolve({ arrive, leave: data });
      }
      if ("columns" in data) view.apply({ reset: false, upserts: data, removals: [] });
      else before.apply(data);
      arrive = performance.now() - start;
    };
    worker.addEventListener("message", hear);
  });
  worker.postMessage(ask);
  const { arrive, leave } = await answers;
  const rows = () => (ask.form === "columns" ? view.rows() : before.rows());
  return { arrive, leave, screen: timed(() => read(rows(), 50)), all: timed(() => read(rows(), Infinity)) };
}

/** Touches the rows, so that they are there. */
function read(rows: Iterable<NodeRow>, most: number): number {
  let [sum, count] = [0, 0];
  for (const row of rows) {
    sum += row.label.length + row.generation;
    if (++count >= most) break;
  }
  return sum;
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

async function measure(ask: Ask): Promise<CrossingFigure> {
  const view = new MutableView<NodeRow>(() => undefined);
  const before = new ObjectView();
  const rounds: Round[] = [];
  for (let i = 0; i < (ask.count > 10_000 ? 9 : 41); i++) rounds.push(await round(ask, view, before));
  // The first rounds run code that no one has compiled yet.
  const warm = rounds.slice(Math.floor(rounds.length / 3));
  const median = (name: keyof Round) =>
    warm.map((each) => each[name]).sort((a, b) => a - b)[warm.length >> 1] ?? 0;
  return {
    ...ask,
    leave: median("leave"),
    arrive: median("arrive"),
    screen: median("screen"),
    all: median("all"),
  };
}

async function measureAll(): Promise<readonly CrossingFigure[]> {
  const figures: CrossingFigure[] = [];
  for (const count of sizes) {
    for (const form of ["objects", "columns"] as const) figures.push(await measure({ count, form }));
  }
  return figures;
}

Object.assign(globalThis, { figures: measureAll() });

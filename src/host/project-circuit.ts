import type { Fault } from "../base/fault.ts";
import { invariant } from "../base/invariant.ts";
import type { Json } from "../base/json.ts";
import { viewNameTaken } from "../circuit/circuit-faults.ts";
import { Circuit } from "../circuit/circuit.ts";
import type { Entry } from "../circuit/entry.ts";
import { isEqual } from "../circuit/equal.ts";
import { parseViewDefinition } from "../circuit/view-definition.ts";
import type { ViewDelta } from "../circuit/view.ts";
import type { ProjectId } from "../model/ids.ts";
import {
  viewNames,
  type AskedView,
  type TableName,
  type TableRows,
  type ViewName,
} from "../model/view-rows.ts";
import type { Delta } from "../model/wire.ts";
import { circuitRows } from "./circuit-rows.ts";
import { fittedRow } from "./fitted-row.ts";
import { viewTables } from "./view-tables.ts";

/** Rows touched between two frames, before which nothing is flushed early: about what a frame can carry. */
const pendingLimit = 200_000;

/**
 * The circuit of one project: a table and a view over all of it for each name that the page knows, and the views that
 * pages ask for, as deltas.
 */
export class ProjectCircuit {
  readonly #projectId: ProjectId;
  readonly #circuit: Circuit;
  readonly #asked = new Set<AskedView>();
  /** What the views told since the last flush. */
  #told: Delta[] = [];
  /** Whether rows came since the metrics were last put into their tables. */
  #hasNews = false;

  constructor(projectId: ProjectId) {
    this.#projectId = projectId;
    this.#circuit = new Circuit({ schema: viewTables, clock: () => performance.now(), pendingLimit });
    for (const view of viewNames) {
      const definition = {
        plan: { type: "scan", table: view },
        parameters: {},
        frequency: "realtime",
      } as const;
      const { ok } = this.#circuit.register(view, definition, this.#listen(view));
      invariant(ok, `the table ${view} can be shown`);
    }
  }

  /** Takes rows out and in; a key that is in both is put in. */
  change<T extends TableName>(table: T, upserts: readonly TableRows[T][], removals: readonly string[]): void {
    const entries: Entry[] = removals.map((key) => ({ type: "delete", table, key }));
    for (const row of upserts) entries.push({ type: "update", table, row });
    this.#hasNews = true;
    if (this.#circuit.defer(entries).ok) return;
    const { ok } = this.#circuit.defer(entries.map((entry) => fitted(entry, table)));
    invariant(ok, "a row with a key can be shown");
  }

  /** Takes up a view that a page asks for; when it is there already, has the whole of it told again. */
  register(view: AskedView, data: Json): Fault | null {
    const parsed = parseViewDefinition(data);
    if (!parsed.ok) return parsed.fault;
    const known = this.#circuit.definition(view);
    if (known !== undefined) {
      if (!isEqual(known, parsed.definition)) return viewNameTaken(view);
      this.#told.push(this.#whole(view));
      return null;
    }
    const result = this.#circuit.register(view, parsed.definition, this.#listen(view));
    if (!result.ok) return result.fault;
    this.#asked.add(view);
    this.#hasNews = true;
    return result.fault;
  }

  unregister(view: AskedView): void {
    if (this.#asked.delete(view)) this.#circuit.unregister(view);
  }

  isWatched(table: TableName): boolean {
    return this.#circuit.isUsed(table);
  }

  clear(): void {
    for (const table of Object.keys(viewTables)) this.#circuit.clear(table);
  }

  /** What the views that are due at `now` have to tell, in milliseconds of one clock. */
  tick(now: number): readonly Delta[] {
    this.#circuit.tick(now);
    this.#tellOfItself();
    return this.#take();
  }

  /** What all views have to tell. */
  flushAll(): readonly Delta[] {
    this.#circuit.flushAll();
    return this.#take();
  }

  /** When there will be something to tell, by the clock of `tick`; `null` for as long as nothing changes. */
  nextTick(): number | null {
    return this.#circuit.nextTick();
  }

  /** The whole of every view as of its last flush. */
  snapshot(): readonly Delta[] {
    return [...viewNames, ...this.#asked].map((view) => this.#whole(view));
  }

  /**
   * Puts how the circuit fares into its own tables, for views of them. Only after other rows came: telling of itself is
   * no news, or it would never end.
   */
  #tellOfItself(): void {
    if (!this.#hasNews) return;
    this.#hasNews = false;
    if (this.#circuit.isUsed("shard") || this.#circuit.isUsed("view"))
      this.#circuit.defer(circuitRows(this.#circuit));
  }

  #take(): readonly Delta[] {
    const told = this.#told;
    this.#told = [];
    return told;
  }

  #listen(view: ViewName | AskedView): (delta: ViewDelta) => void {
    return (delta) => this.#told.push(this.#delta(view, delta));
  }

  #whole(view: ViewName | AskedView): Delta {
    const upserts = this.#circuit.rows(view) ?? [];
    return this.#delta(view, { view, reset: true, upserts, removals: [] });
  }

  #delta(view: ViewName | AskedView, { reset, upserts, removals }: ViewDelta): Delta {
    // The rows of a table come out as they went in, and only those of `view` went into its table.
    return { projectId: this.#projectId, view, reset, upserts, removals } as Delta;
  }
}

function fitted(entry: Entry, table: TableName): Entry {
  return entry.type === "delete" ? entry : { ...entry, row: fittedRow(entry.row, viewTables[table]) };
}

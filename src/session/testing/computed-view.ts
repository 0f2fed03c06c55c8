import { recompute } from "../../circuit/recomputation.test-kit.ts";
import type { Query } from "../../circuit/query.ts";
import type { Row, Value } from "../../circuit/row.ts";
import type { LiveView } from "../contract.ts";

type Tables = { readonly [name: string]: LiveView<{ readonly key: string }> };

/** A query over views in memory, computed anew whenever one of them changed: what the engine's own must give too. */
export class ComputedView<R extends { readonly key: string }> implements LiveView<R> {
  readonly #tables: Tables;
  readonly #query: Query<R>;
  readonly #parameters: { readonly [name: string]: Value };
  #made: { readonly version: number; readonly rows: ReadonlyMap<string, R> } | undefined;

  constructor(tables: Tables, query: Query<R>, parameters: { readonly [name: string]: Value }) {
    this.#tables = tables;
    this.#query = query;
    this.#parameters = parameters;
  }

  subscribe(listener: () => void): () => void {
    const stops = Object.values(this.#tables).map((table) => table.subscribe(listener));
    return () => stops.forEach((stop) => stop());
  }

  version(): number {
    return Object.values(this.#tables).reduce((sum, table) => sum + table.version(), 0);
  }

  size(): number {
    return this.#rows().size;
  }

  get(key: string): R | undefined {
    return this.#rows().get(key);
  }

  rows(): Iterable<R> {
    return this.#rows().values();
  }

  changedSince(version: number): readonly string[] | undefined {
    return version === this.version() ? [] : undefined;
  }

  #rows(): ReadonlyMap<string, R> {
    const version = this.version();
    if (this.#made?.version !== version) this.#made = { version, rows: this.#compute() };
    return this.#made.rows;
  }

  #compute(): ReadonlyMap<string, R> {
    const tables = Object.entries(this.#tables).map(([name, table]) => [name, [...table.rows()] as unknown]);
    const given = Object.fromEntries(tables) as { readonly [name: string]: readonly Row[] };
    const rows = recompute(this.#query.plan, given, this.#parameters) as unknown as readonly R[];
    return new Map(rows.map((row) => [row.key, row]));
  }
}

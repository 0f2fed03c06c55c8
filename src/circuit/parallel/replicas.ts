import type { Row } from "../row.ts";
import type { Schema } from "../schema.ts";
import type { TableNews } from "../shard.ts";
import type { Frequency } from "../view.ts";
import { packChanges, packWhole } from "./packed-news.ts";
import { ReplicaLink, type Told } from "./replica-link.ts";
import type { PackedNews, ReplicaPort } from "./replica-messages.ts";

export type ReplicasOptions = {
  readonly schema: Schema;
  /** Starts a thread that runs `serveReplica`. */
  readonly startReplica: () => ReplicaPort;
  readonly tell: (told: Told, from: ReplicaLink) => void;
};

/** After so many replicas that ended by themselves no more are started. */
const mostEnds = 3;

/** The replicas that there are, by number from 1, and the way of tables to them. */
export class Replicas {
  readonly #options: ReplicasOptions;
  readonly #links = new Map<number, ReplicaLink>();
  #ends = 0;

  constructor(options: ReplicasOptions) {
    this.#options = options;
  }

  get all(): readonly ReplicaLink[] {
    return [...this.#links.values()];
  }

  /** The replica of this number, started if need be; `null` when too many have ended. */
  at(number: number): ReplicaLink | null {
    const known = this.#links.get(number);
    if (known !== undefined) return known;
    if (this.#ends >= mostEnds) return null;
    const { schema, startReplica, tell } = this.#options;
    const link = new ReplicaLink(startReplica(), schema, tell);
    this.#links.set(number, link);
    return link;
  }

  numberOf(link: ReplicaLink): number {
    for (const [number, each] of this.#links) if (each === link) return number;
    return 0;
  }

  /** Those that ended by themselves, which are none of its replicas any more. */
  takeEnded(): readonly ReplicaLink[] {
    const ended = [...this.#links].filter(([, link]) => link.hasEnded);
    for (const [number] of ended) this.#links.delete(number);
    this.#ends += ended.length;
    return ended.map(([, link]) => link);
  }

  close(link: ReplicaLink): void {
    this.#links.delete(this.numberOf(link));
    link.close();
  }

  /** Whether any replica is kept up to date with a table. */
  hold(frequency: Frequency, table: string): boolean {
    return this.all.some((link) => link.tables(frequency).has(table));
  }

  /** Has a replica hold a table from now on. */
  load(link: ReplicaLink, frequency: Frequency, table: string, rows: Iterable<Row>): void {
    const news = packWhole(table, rows);
    link.tables(frequency).add(table);
    link.take(frequency, [news], [news]);
  }

  /** Sends each replica what came of its tables. Rows are packed once; the last replica to get them gets them without a copy. */
  feed({ frequency, changes, cleared, rowsOf }: TableNews): void {
    const sent = new Map<ReplicaLink, PackedNews[]>();
    const last = new Map<ReplicaLink, PackedNews[]>();
    for (const table of new Set([...changes.keys(), ...cleared])) {
      const holders = this.all.filter((link) => link.tables(frequency).has(table));
      const end = holders.at(-1);
      if (end === undefined) continue;
      const news = cleared.has(table)
        ? packWhole(table, rowsOf(table))
        : packChanges(table, changes.get(table) ?? []);
      for (const link of holders) sent.set(link, [...(sent.get(link) ?? []), news]);
      last.set(end, [...(last.get(end) ?? []), news]);
    }
    for (const link of this.all) {
      const news = sent.get(link);
      if (news !== undefined) link.take(frequency, news, last.get(link) ?? []);
    }
  }
}

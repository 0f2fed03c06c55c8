import type { Clock } from "../../base/clock.ts";
import { invariant, unreachable } from "../../base/invariant.ts";
import { Circuit } from "../circuit.ts";
import { buffersOf, packRows } from "../crossing/pack-rows.ts";
import type { ViewFault, ViewMetrics } from "../metrics.ts";
import type { Schema } from "../schema.ts";
import type { Frequency, ViewDelta } from "../view.ts";
import { entriesOf } from "./packed-news.ts";
import type { PackedNews, ReplicaAnswer, ReplicaRequest, ServedPort } from "./replica-messages.ts";

/**
 * Answers what a coordinator asks over a port, for as long as the thread lives. A request that throws is answered by
 * `failed`, and so are all after it.
 *
 * @param clock milliseconds, ascending: for what is told of costs.
 */
export function serveReplica(port: ServedPort, clock: Clock): void {
  const replica = new Replica(clock);
  let failed: ReplicaAnswer | null = null;
  port.onMessage((request) => {
    if (failed !== null) return port.post(failed, []);
    try {
      const answer = replica.answer(request);
      port.post(answer, buffersIn(answer));
    } catch (thrown) {
      failed = { type: "failed", reason: thrown instanceof Error ? thrown.message : String(thrown) };
      port.post(failed, []);
    }
  });
}

/** Circuits that follow those of another thread: one for each frequency, whose views are brought up to date with each request. */
class Replica {
  readonly #clock: Clock;
  readonly #circuits = new Map<Frequency, Circuit>();
  #schema: Schema | null = null;
  #told: ViewDelta[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  answer(request: ReplicaRequest): ReplicaAnswer {
    switch (request.type) {
      case "open":
        this.#schema = request.schema;
        return nothing;
      case "take":
        return this.#take(this.#circuit(request.frequency), request.news);
      case "register":
        return this.#register(this.#circuit(request.frequency), request);
      case "unregister":
        this.#circuit(request.frequency).unregister(request.view);
        return nothing;
      case "drop":
        return this.#drop(this.#circuit(request.frequency), request.tables);
      case "rows": {
        const rows = this.#circuit(request.frequency).rows(request.view);
        return { type: "rows", rows: rows === undefined ? null : packRows(rows) };
      }
      case "hash":
        return { type: "hash", hash: this.#circuit(request.frequency).hash(request.view) ?? null };
      case "metrics":
        return { type: "metrics", views: this.#metrics() };
      default:
        return unreachable(request);
    }
  }

  #circuit(frequency: Frequency): Circuit {
    const known = this.#circuits.get(frequency);
    if (known !== undefined) return known;
    invariant(this.#schema !== null, "a replica is opened before anything else");
    const circuit = new Circuit({ schema: this.#schema, clock: this.#clock, pendingLimit: Infinity });
    this.#circuits.set(frequency, circuit);
    return circuit;
  }

  #take(circuit: Circuit, news: readonly PackedNews[]): ReplicaAnswer {
    const startedAt = this.#clock();
    for (const each of news) {
      if (each.isWhole) circuit.clear(each.table);
      const { ok } = circuit.defer(entriesOf(each));
      invariant(ok, "a replica has the tables of its coordinator");
    }
    const takenAt = this.#clock();
    const { faults } = circuit.flush();
    return this.#tell(faults, { startedAt, takenAt });
  }

  #register(circuit: Circuit, request: ReplicaRequest & { readonly type: "register" }): ReplicaAnswer {
    const startedAt = this.#clock();
    const { view, definition } = request;
    const registered = circuit.register(view, { ...definition, frequency: "realtime" }, (delta) =>
      this.#told.push(delta),
    );
    invariant(registered.ok, "a coordinator moves no view that does not fit its tables");
    const faults = registered.fault === null ? [] : [{ view, fault: registered.fault }];
    return this.#tell(faults, { startedAt, takenAt: startedAt });
  }

  #drop(circuit: Circuit, tables: readonly string[]): ReplicaAnswer {
    for (const table of tables) circuit.clear(table);
    circuit.flush();
    return nothing;
  }

  #tell(
    faults: readonly ViewFault[],
    { startedAt, takenAt }: { readonly startedAt: number; readonly takenAt: number },
  ): ReplicaAnswer {
    const flushedAt = this.#clock();
    const deltas = this.#told.map((delta) => ({ ...delta, upserts: packRows(delta.upserts) }));
    this.#told = [];
    const endedAt = this.#clock();
    const crossingMs = takenAt - startedAt + endedAt - flushedAt;
    return { type: "told", deltas, faults, ms: endedAt - startedAt, crossingMs };
  }

  #metrics(): readonly ViewMetrics[] {
    return [...this.#circuits].flatMap(([frequency, circuit]) =>
      circuit.metrics().views.map((view) => ({ ...view, frequency })),
    );
  }
}

const nothing: ReplicaAnswer = { type: "told", deltas: [], faults: [], ms: 0, crossingMs: 0 };

function buffersIn(answer: ReplicaAnswer): ArrayBuffer[] {
  if (answer.type === "told") return buffersOf(answer.deltas.map(({ upserts }) => upserts));
  return answer.type === "rows" && answer.rows !== null ? buffersOf([answer.rows]) : [];
}

import { Circuit } from "../circuit/circuit.ts";
import { packDelta } from "../circuit/crossing/pack-delta.ts";
import type { ViewPort } from "../engine/ports.ts";
import type { ProjectId } from "../model/ids.ts";
import { viewNames } from "../model/view-rows.ts";
import type { DeltaBatch, PackedDelta } from "../model/wire.ts";

/** Milliseconds between two batches: one frame. */
const frame = 16;

/** The circuits of all open projects, and the way of their deltas to the page: one batch a frame at the most. */
export class ViewHub implements ViewPort {
  readonly #circuits = new Map<ProjectId, Circuit>();
  readonly #listeners = new Set<(batch: DeltaBatch) => void>();
  /** Of projects that were closed, until the next flush. */
  #closing: Circuit[] = [];
  #sequence = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** From the next batch on. Batches come in order without a gap, and each listener gets its own, to transfer it. */
  subscribe(listener: (batch: DeltaBatch) => void): void {
    this.#listeners.add(listener);
  }

  change: ViewPort["change"] = (projectId, view, { upserts = [], removals = [] }) => {
    this.#circuit(projectId).ingest(view, upserts, removals);
    this.#flushSoon();
  };

  /** What was flushed so far is flushed first, so that the snapshot and later batches fit together. */
  snapshot(projectId: ProjectId): readonly PackedDelta[] {
    this.flush();
    return this.#circuit(projectId).snapshot().map(packDelta);
  }

  clear(projectId: ProjectId): void {
    const circuit = this.#circuits.get(projectId);
    if (circuit === undefined) return;
    for (const view of viewNames) circuit.clear(view);
    this.#circuits.delete(projectId);
    this.#closing.push(circuit);
    this.#flushSoon();
  }

  /** Sends what is pending now; nothing when nothing changed. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const circuits = [...this.#closing, ...this.#circuits.values()];
    this.#closing = [];
    const deltas = circuits.flatMap((circuit) => circuit.flush());
    if (deltas.length === 0) return;
    const sequence = this.#sequence++;
    for (const listener of this.#listeners) listener({ sequence, deltas: deltas.map(packDelta) });
  }

  #circuit(projectId: ProjectId): Circuit {
    const known = this.#circuits.get(projectId);
    if (known !== undefined) return known;
    const circuit = new Circuit(projectId);
    this.#circuits.set(projectId, circuit);
    return circuit;
  }

  #flushSoon(): void {
    this.#timer ??= setTimeout(() => this.flush(), frame);
  }
}

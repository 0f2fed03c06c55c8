import { packDelta } from "../circuit/crossing/pack-delta.ts";
import type { ViewPort } from "../engine/ports.ts";
import type { ProjectId } from "../model/ids.ts";
import type { DeltaBatch, PackedDelta } from "../model/wire.ts";
import { ProjectCircuit } from "./project-circuit.ts";

/** Milliseconds between two batches: one frame. */
const frame = 16;

/** The circuits of all open projects, and the way of their deltas to the page: one batch a frame at the most. */
export class ViewHub implements ViewPort {
  readonly #circuits = new Map<ProjectId, ProjectCircuit>();
  readonly #listeners = new Set<(batch: DeltaBatch) => void>();
  /** Of projects that were closed, until the next flush. */
  #closing: ProjectCircuit[] = [];
  #sequence = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** For views that are not shown each frame. */
  #laterTimer: ReturnType<typeof setTimeout> | null = null;

  /** From the next batch on. Batches come in order without a gap, and each listener gets its own, to transfer it. */
  subscribe(listener: (batch: DeltaBatch) => void): void {
    this.#listeners.add(listener);
  }

  change: ViewPort["change"] = (projectId, view, { upserts = [], removals = [] }) => {
    this.#circuit(projectId).change(view, upserts, removals);
    this.#flushSoon();
  };

  /** What was flushed so far is flushed first, so that the snapshot and later batches fit together. */
  snapshot(projectId: ProjectId): readonly PackedDelta[] {
    this.flush();
    return this.#circuit(projectId).snapshot().map(packDelta);
  }

  register: ViewPort["register"] = (projectId, view, definition) => {
    const fault = this.#circuit(projectId).register(view, definition);
    this.#flushSoon();
    return fault;
  };

  unregister: ViewPort["unregister"] = (projectId, view) => this.#circuits.get(projectId)?.unregister(view);

  isWatched: ViewPort["isWatched"] = (projectId, table) =>
    this.#circuits.get(projectId)?.isWatched(table) ?? false;

  clear(projectId: ProjectId): void {
    const circuit = this.#circuits.get(projectId);
    if (circuit === undefined) return;
    circuit.clear();
    this.#circuits.delete(projectId);
    this.#closing.push(circuit);
    this.#flushSoon();
  }

  /** Sends what is pending now; nothing when nothing changed. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#laterTimer !== null) clearTimeout(this.#laterTimer);
    this.#timer = null;
    this.#laterTimer = null;
    const now = performance.now();
    const closed = this.#closing.flatMap((circuit) => circuit.flushAll());
    this.#closing = [];
    const deltas = [...closed, ...[...this.#circuits.values()].flatMap((circuit) => circuit.tick(now))];
    this.#flushLater(now);
    if (deltas.length === 0) return;
    const sequence = this.#sequence++;
    for (const listener of this.#listeners) listener({ sequence, deltas: deltas.map(packDelta) });
  }

  #circuit(projectId: ProjectId): ProjectCircuit {
    const known = this.#circuits.get(projectId);
    if (known !== undefined) return known;
    const circuit = new ProjectCircuit(projectId);
    this.#circuits.set(projectId, circuit);
    return circuit;
  }

  #flushLater(now: number): void {
    const times = [...this.#circuits.values()].flatMap((circuit) => circuit.nextTick() ?? []);
    if (times.length > 0)
      this.#laterTimer = setTimeout(() => this.flush(), Math.max(frame, Math.min(...times) - now));
  }

  #flushSoon(): void {
    this.#timer ??= setTimeout(() => this.flush(), frame);
  }
}

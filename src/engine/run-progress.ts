import type { Clock } from "../base/clock.ts";
import type { JobId, ResourceId } from "../model/ids.ts";
import type { TaskEvent } from "../model/output.ts";
import { StageLog } from "./stage-log.ts";
import type { RunPhase, RunRow } from "../model/view-rows.ts";

/** Milliseconds over which the rate is taken. */
const window = 3000;

/** Counts a run while it goes on, and gives it as a row. */
export class RunProgress {
  readonly stages: StageLog;
  readonly #clock: Clock;
  readonly #changed: (row: RunRow) => void;
  #row: RunRow;
  #phaseStartedAt: number;
  /** How many tasks settled in each of the last tenths of a second, oldest first. */
  #recent: { readonly at: number; count: number }[] = [];

  constructor(jobId: JobId, clock: Clock, changed: (row: RunRow) => void) {
    this.#clock = clock;
    this.stages = new StageLog(clock);
    this.#changed = changed;
    this.#phaseStartedAt = clock();
    this.#row = {
      key: jobId,
      phase: "scanning",
      startedAt: this.#phaseStartedAt,
      endedAt: null,
      total: 0,
      settled: 0,
      built: 0,
      reused: 0,
      cacheHits: 0,
      failed: 0,
      poisoned: 0,
      cancelled: 0,
      bytesOut: 0,
      rate: 0,
      timeLeft: null,
      phaseMs: {},
      stages: [],
      root: null,
      signature: null,
    };
    changed(this.#row);
  }

  get row(): RunRow {
    return this.#row;
  }

  /** Starts a phase with so many tasks. Counts of the phase begin at 0; those of outputs go on. */
  enter(phase: RunPhase, total: number): void {
    const now = this.#clock();
    const { phase: last, phaseMs } = this.#row;
    const isOver = phase === "done" || phase === "failed" || phase === "cancelled";
    if (isOver) this.stages.leave();
    this.#recent = [];
    this.#update({
      phase,
      total,
      settled: 0,
      rate: 0,
      timeLeft: null,
      phaseMs: { ...phaseMs, [last]: (phaseMs[last] ?? 0) + now - this.#phaseStartedAt },
      endedAt: isOver ? now : null,
    });
    this.#phaseStartedAt = now;
  }

  sign(signature: string): void {
    this.#update({ signature });
  }

  /** Says what alone is built; `null` for everything. */
  aim(root: ResourceId | null): void {
    this.#update({ root });
  }

  /** Counts tasks that settled without an event of their own: scanned files, targets known to be clean. */
  pass(count: number, reused: number): void {
    this.#count(count, { reused: this.#row.reused + reused });
  }

  settle(event: TaskEvent): void {
    const { built, reused, failed, poisoned, cancelled, bytesOut } = this.#row;
    const one = (outcome: TaskEvent["outcome"]) => (event.outcome === outcome ? 1 : 0);
    this.#count(1, {
      built: built + one("built"),
      reused: reused + one("reused"),
      failed: failed + one("failed"),
      poisoned: poisoned + one("poisoned"),
      cancelled: cancelled + one("cancelled"),
      bytesOut: bytesOut + (event.outcome === "built" ? event.bytes : 0),
    });
  }

  /** Counts outputs that earlier tasks with the same keys had made; they settle as reused. */
  hit(count: number): void {
    this.#update({ cacheHits: (this.#row.cacheHits ?? 0) + count });
  }

  #count(count: number, change: Partial<RunRow>): void {
    const now = this.#clock();
    const last = this.#recent.at(-1);
    if (last !== undefined && now - last.at < 100) last.count += count;
    else this.#recent.push({ at: now, count });
    this.#recent = this.#recent.filter(({ at }) => at >= now - window);
    const settled = this.#row.settled + count;
    const rate = this.#rate(now);
    const timeLeft = rate > 0 ? Math.round(((this.#row.total - settled) / rate) * 1000) : null;
    this.#update({ ...change, settled, rate, timeLeft });
  }

  #rate(now: number): number {
    const since = Math.max(this.#phaseStartedAt, now - window);
    let count = 0;
    for (const entry of this.#recent) if (entry.at >= since) count += entry.count;
    return now > since ? (count / (now - since)) * 1000 : 0;
  }

  #update(change: Partial<RunRow>): void {
    this.#row = { ...this.#row, stages: this.stages.times(), ...change };
    this.#changed(this.#row);
  }
}

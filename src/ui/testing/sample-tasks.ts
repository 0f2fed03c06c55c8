import { asJobId, asResourceId } from "../../model/ids.ts";
import type { TaskEvent } from "../../model/output.ts";
import type { RunTasks } from "../../model/wire.ts";

type Change = Partial<Omit<TaskEvent, "jobId" | "resourceId" | "place">> & {
  readonly scheduleIndex?: number;
};

/** One task of a made-up run. */
export function taskEvent(id: string, { scheduleIndex = 0, ...change }: Change = {}): TaskEvent {
  return {
    jobId: asJobId("one"),
    resourceId: asResourceId(id),
    outcome: "built",
    place: { scheduleIndex, generation: 1, generationOrder: 1, generationSize: 7, planSignature: "aa" },
    worker: 0,
    startedAt: 0,
    durationMs: 10,
    bytes: 100,
    cause: "a.md changed",
    ...change,
  };
}

/** A run on three workers with one of every outcome, that began at `start`. */
export function sampleTasks(start: number): RunTasks {
  const at = (ms: number) => start + ms;
  const events = [
    taskEvent("variant:images/cover.jpg@320.webp", { startedAt: at(740), durationMs: 130, bytes: 18_000 }),
    taskEvent("variant:images/cover.jpg@1280.webp", { startedAt: at(870), durationMs: 690, bytes: 140_000 }),
    taskEvent("variant:images/team.jpg@640.webp", {
      outcome: "failed",
      worker: 1,
      startedAt: at(745),
      durationMs: 380,
      bytes: 0,
      cause: "first build",
    }),
    taskEvent("copy:images/diagram-of-layers.png", { worker: 1, startedAt: at(1_130), durationMs: 60 }),
    taskEvent("fragment:guide/writing/images.md#", { worker: 2, startedAt: at(742), durationMs: 44 }),
    taskEvent("page:guide/getting-started.md", { worker: 2, startedAt: at(790), durationMs: 260 }),
    taskEvent("page:index.md", { worker: 2, startedAt: at(1_570), durationMs: 420, bytes: 14_200 }),
    taskEvent("listing:notes", { worker: 1, startedAt: at(1_990), durationMs: 240 }),
    taskEvent("feed:strata.css", { worker: 0, startedAt: at(1_600), durationMs: 90 }),
    taskEvent("page:notes/draft.md", { outcome: "reused", worker: null, startedAt: at(760), durationMs: 0 }),
    taskEvent("page:reference/faults.md", {
      outcome: "poisoned",
      worker: null,
      startedAt: at(1_125),
      durationMs: 0,
      bytes: 0,
      cause: "variant:images/team.jpg@640.webp could not be built",
    }),
    taskEvent("page:guide/installation.md", {
      outcome: "cancelled",
      worker: null,
      startedAt: at(2_990),
      durationMs: 0,
    }),
  ];
  const critical = ["variant:images/cover.jpg@1280.webp", "page:index.md", "listing:notes"].map(asResourceId);
  return {
    events: events.map((event, index) => ({ ...event, place: { ...event.place, scheduleIndex: index } })),
    critical,
  };
}

/** A large run: `count` tasks on eight workers, one after the other. */
export function manyTasks(start: number, count: number): RunTasks {
  const kinds = ["page", "variant", "fragment"];
  const events = Array.from({ length: count }, (_, n) =>
    taskEvent(`${kinds[n % 3]}:part-${n % 97}/note-${n}.md`, {
      worker: n % 8,
      startedAt: start + Math.floor(n / 8) * 1.6 + (n % 5) * 0.1,
      durationMs: 0.4 + (n % 7) * 0.15,
      outcome: n % 997 === 0 ? "failed" : "built",
      scheduleIndex: n,
    }),
  );
  const critical = events.filter((_, n) => n % 800 === 3).map(({ resourceId }) => resourceId);
  return { events, critical };
}

import type { ResourceId, TaskKey } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import type { ExpectedEnd } from "../model/work-plan.ts";
import type { Hasher } from "../base/xxhash.ts";
import { attemptOf, type Attempt } from "./attempt.ts";
import type { Known } from "./key-parts.ts";
import { isCurrent, isKnownFailure, type Plan } from "./plan.ts";
import type { TargetSchedule } from "./schedule-targets.ts";
import { recordAfter, settlementOfMade, type Made } from "./settlement.ts";
import type { Target } from "./target.ts";

/** What a target of a plan would come to, and why. `null` for one whose inputs turn out to be the same. */
export type Expected = { readonly end: ExpectedEnd; readonly cause: string } | null;

/** What the ends of a plan are told from. `outputs` of `known` is a copy: what is reused is put into it. */
export type Expecting = {
  readonly plan: Plan;
  readonly schedule: TargetSchedule;
  readonly known: Known & { readonly outputs: Map<ResourceId, OutputRecord> };
  readonly force: boolean;
  readonly hasher: Hasher;
  readonly findMade: (keys: readonly TaskKey[]) => Promise<ReadonlyMap<TaskKey, Made>>;
};

/**
 * Goes through a plan as a run would, without running anything: what waits for a task that runs may run too; what
 * waits for outputs that are known has its key, and the key tells its end. Cost: a key for each of the latter, and one
 * question about all keys of a generation.
 */
export async function expectEnds(expecting: Expecting): Promise<ReadonlyMap<ResourceId, Expected>> {
  const { plan, schedule } = expecting;
  const ends = new Map<ResourceId, Expected>();
  for (const [id, { culprits }] of plan.poisoned) ends.set(id, poisonBy(culprits.at(-1) ?? id));
  for (const generation of byGeneration(expecting)) {
    const attempts: Attempt[] = [];
    for (const target of generation) {
      const end = endFromInputs(target, ends, expecting);
      if (end !== undefined) ends.set(target.id, end);
      else attempts.push(attemptOf(target, expecting.known, expecting.hasher));
    }
    await endAttempts(attempts, ends, expecting);
  }
  // In the order in which a run would come to them.
  const place = (id: ResourceId) => schedule.places.get(id)?.scheduleIndex ?? -1;
  return new Map([...ends].sort(([a], [b]) => place(a) - place(b)));
}

/** The dirty targets of the plan, those of a generation together, in the order of the schedule. */
function byGeneration({ plan, schedule }: Expecting): readonly (readonly Target[])[] {
  const generations: Target[][] = [];
  for (const target of schedule.order) {
    if (!plan.dirty.has(target.id)) continue;
    (generations[schedule.places.get(target.id)?.generation ?? 0] ??= []).push(target);
  }
  return generations.filter((targets) => targets !== undefined);
}

const poisonBy = (culprit: ResourceId): Expected => ({
  end: "poison",
  cause: `${culprit} could not be built`,
});

/** The end that inputs alone decide; `undefined` where all of them are known. */
function endFromInputs(
  { id, inputs }: Target,
  ends: ReadonlyMap<ResourceId, Expected>,
  { plan, force }: Expecting,
): Expected | undefined {
  const cause = plan.dirty.get(id) ?? "";
  const above = (...wanted: readonly ExpectedEnd[]) =>
    inputs.find((input) => wanted.some((end) => ends.get(input)?.end === end));
  const failed = above("fail", "poison");
  if (failed !== undefined) return ends.get(failed)?.end === "poison" ? ends.get(failed) : poisonBy(failed);
  if (force) return { end: "run", cause };
  return above("run", "may-run") === undefined ? undefined : { end: "may-run", cause };
}

async function endAttempts(
  attempts: readonly Attempt[],
  ends: Map<ResourceId, Expected>,
  { known, findMade }: Expecting,
): Promise<void> {
  const made =
    attempts.length === 0 ? new Map<TaskKey, Made>() : await findMade(attempts.map(({ key }) => key));
  for (const attempt of attempts) {
    const { id } = attempt.target;
    const record = known.outputs.get(id);
    const found = made.get(attempt.key);
    if (isKnownFailure(record, attempt.key)) ends.set(id, { end: "fail", cause: record.fault.message });
    else if (isCurrent(record, attempt.key)) ends.set(id, null);
    else if (found === undefined || found.artifact === null)
      ends.set(id, { end: "run", cause: attempt.cause });
    else {
      ends.set(id, { end: "reuse", cause: attempt.cause });
      known.outputs.set(id, recordAfter(attempt.target, record, settlementOfMade(attempt, found)));
    }
  }
}

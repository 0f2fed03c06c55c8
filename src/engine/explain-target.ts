import type { Hasher } from "../base/xxhash.ts";
import type { ResourceId } from "../model/ids.ts";
import type { ChangedInput } from "../model/wire.ts";
import { changedLabels, sayLabels } from "./explain.ts";
import { createDigest, keyParts } from "./key-parts.ts";
import { EarlierBuild } from "./earlier-build.ts";
import type { Change } from "./changed-inputs.ts";
import { momentOf, type Moment, type PlanBasis } from "./plan-basis.ts";
import type { Derived, ProjectState } from "./project-state.ts";
import { isAsBefore, rootChanges, withoutOutputs, type Between } from "./root-changes.ts";

/** Why a target is made: from step to step to a target whose own inputs differ, and the changes at the root. */
export type Explanation = {
  readonly steps: readonly { readonly id: ResourceId; readonly cause: string }[];
  readonly roots: readonly ChangedInput[];
};

/**
 * Explains a target that waits for a build by what changed since the last one, and else by what the last one found
 * changed. `undefined` for what neither touched, and where the state before is not known.
 */
export function explainTarget(
  state: ProjectState,
  derived: Derived,
  { id, hasher }: { readonly id: ResourceId; readonly hasher: Hasher },
): Explanation | undefined {
  for (const between of spans(state, derived, hasher)) {
    if (!between.now.targets.has(id) || isAsBefore(id, between, hasher)) continue;
    const changes = rootChanges(id, between, { hasher, name: state.name });
    return { steps: stepsTo(id, between, hasher), roots: changes.map(withoutWay) };
  }
  return undefined;
}

/** From the last build to now, and from the one before it to the last. */
function* spans(state: ProjectState, { blueprint }: Derived, hasher: Hasher): Iterable<Between> {
  const { basis, basisBefore, earlier, sources, settings, name } = state;
  const whole = (of: PlanBasis | EarlierBuild) =>
    of instanceof EarlierBuild ? of.moment(name, hasher) : momentOf(of);
  const { targets, frame } = blueprint;
  const now: Moment = { targets, frame, sources, settings };
  const built = basis ?? earlier;
  if (built === null) return;
  const last = whole(built);
  yield { before: last, now };
  if (basis !== null && basisBefore !== null) yield { before: whole(basisBefore), now: last };
}

/** A target with something of its own to tell is the last step; else the first of its inputs that differs is the next. */
function stepsTo(start: ResourceId, between: Between, hasher: Hasher): Explanation["steps"] {
  const steps: { id: ResourceId; cause: string }[] = [];
  for (let id: ResourceId | undefined = start; id !== undefined;) {
    const { cause, next } = stepAt(id, between, hasher);
    if (steps.some((step) => step.id === id)) break;
    steps.push({ id, cause });
    id = next;
  }
  return steps;
}

type Step = { readonly cause: string; readonly next: ResourceId | undefined };

function stepAt(id: ResourceId, between: Between, hasher: Hasher): Step {
  const { before, now } = between;
  const [was, is] = [before.targets.get(id), now.targets.get(id)];
  if (was === undefined || is === undefined) return { cause: "built for the first time", next: undefined };
  const digest = createDigest(hasher);
  const parts = [keyParts(was, withoutOutputs(before, digest)), keyParts(is, withoutOutputs(now, digest))];
  const labels = changedLabels(parts[0] ?? [], parts[1] ?? []);
  if (labels.length > 0)
    return { cause: sayLabels(is, labels, { before: before.targets, now: now.targets }), next: undefined };
  const next = is.inputs.find((input) => !isAsBefore(input, between, hasher));
  return { cause: `${next ?? id} changed`, next };
}

const withoutWay = ({ putBack: _, ...input }: Change): ChangedInput => input;

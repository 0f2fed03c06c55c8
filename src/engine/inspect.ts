import type { Hasher } from "../base/xxhash.ts";
import { asResourceId, type ResourceId } from "../model/ids.ts";
import { filePathOf } from "../model/resource.ts";
import type { ChangedInput, Inspection } from "../model/wire.ts";
import { impactOf } from "../rules/impact.ts";
import { explainTarget, type Explanation } from "./explain-target.ts";
import type { Derived, ProjectState } from "./project-state.ts";

/** What the inspector shows of a resource beside its relationships. Linear in what waits for it. */
export function inspectResource(
  state: ProjectState,
  derived: Derived,
  { resourceId, hasher }: { readonly resourceId: ResourceId; readonly hasher: Hasher },
): Inspection {
  const record = state.outputs.get(resourceId);
  const path = filePathOf(resourceId);
  const fault = path === undefined ? (record?.fault ?? null) : (state.sources.get(path)?.fault ?? null);
  const explanation = explainTarget(state, derived, { id: resourceId, hasher });
  return {
    resourceId,
    ...(explanation === undefined ? keptCauses(state, derived, resourceId) : causesOf(explanation)),
    impact: impactOf(derived.schedule.graph, [resourceId]).rules.map(asResourceId),
    fault,
    culprits: record?.culprits ?? [],
  };
}

type Causes = Pick<Inspection, "causes" | "reasons" | "roots">;

/** The steps down to the last target, and what changed at the root, where the steps did not come to it. */
function causesOf({ steps, roots }: Explanation): Causes {
  const last = steps.at(-1)?.cause;
  const further = roots.filter(({ words }) => words !== last);
  const files = roots.flatMap(({ resourceId }) => resourceId ?? []);
  return {
    causes: [...steps.map(({ id, cause }) => `${id}: ${cause}`), ...further.map(lineOf)],
    reasons: [...steps.map(({ id }) => id), ...files],
    roots,
  };
}

const lineOf = ({ words }: ChangedInput): string => words;

/**
 * From a resource along the outputs that its cause names, as they were kept: what is known of a build before the last
 * one, of an earlier visit, or of a part of the project.
 */
function keptCauses(state: ProjectState, { blueprint }: Derived, resourceId: ResourceId): Causes {
  const causes: string[] = [];
  const seen = new Set<ResourceId>();
  let id: ResourceId | undefined = resourceId;
  while (id !== undefined && !seen.has(id)) {
    seen.add(id);
    const cause: string = state.outputs.get(id)?.cause ?? "";
    if (cause !== "") causes.push(`${id}: ${cause}`);
    id = blueprint.targets
      .get(id)
      ?.inputs.find((input) => cause.startsWith(`${filePathOf(input) ?? input} `));
  }
  return { causes, reasons: [...seen], roots: null };
}

import { asResourceId, type ResourceId } from "../model/ids.ts";
import { filePathOf } from "../model/resource.ts";
import type { Inspection } from "../model/wire.ts";
import { impactOf } from "../rules/impact.ts";
import type { Derived, ProjectState } from "./project-state.ts";

/** What the inspector shows of a resource beside its relationships. Linear in what waits for it. */
export function inspectResource(state: ProjectState, derived: Derived, resourceId: ResourceId): Inspection {
  const record = state.outputs.get(resourceId);
  const path = filePathOf(resourceId);
  const fault = path === undefined ? (record?.fault ?? null) : (state.sources.get(path)?.fault ?? null);
  return {
    resourceId,
    ...causesOf(state, derived, resourceId),
    impact: impactOf(derived.schedule.graph, [resourceId]).rules.map(asResourceId),
    fault,
    culprits: record?.culprits ?? [],
  };
}

/** From a resource along the outputs that its cause names, down to a file or a setting; one line each. */
function causesOf(
  state: ProjectState,
  { blueprint }: Derived,
  resourceId: ResourceId,
): Pick<Inspection, "causes" | "reasons"> {
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
  return { causes, reasons: [...seen] };
}

import { asResourceId, type ResourceId } from "../model/ids.ts";
import type { Relationship } from "../model/relationship.ts";
import { fileId, filePathOf } from "../model/resource.ts";
import type { Inspection } from "../model/wire.ts";
import { impactOf } from "../rules/impact.ts";
import type { Derived, ProjectState } from "./project-state.ts";

/** Everything the inspector shows of a resource. Linear in the targets and relationships of the project. */
export function inspectResource(state: ProjectState, derived: Derived, resourceId: ResourceId): Inspection {
  const record = state.outputs.get(resourceId);
  const path = filePathOf(resourceId);
  const fault = path === undefined ? (record?.fault ?? null) : (state.sources.get(path)?.fault ?? null);
  const waiting = findWaiting(derived);
  const references = [...state.relationships.values()].filter(({ type }) => type === "references");
  const file = referencingFile(derived, resourceId);
  return {
    resourceId,
    causes: causesOf(state, derived, resourceId),
    inputs: derived.blueprint.targets.get(resourceId)?.inputs ?? [],
    dependents: waiting.get(resourceId) ?? [],
    references: references.filter(({ source }) => source === file).map(({ target }) => target),
    referencedBy: references.filter(({ target }) => target === file).map(({ source }) => source),
    impact: impactOf(derived.schedule.graph, [resourceId]).rules.map(asResourceId),
    fault,
    culprits: record?.culprits ?? [],
  };
}

/** Links belong to files: those of a page are those of its document. */
function referencingFile({ blueprint }: Derived, id: ResourceId): Relationship["source"] {
  const target = blueprint.targets.get(id);
  return target !== undefined && "path" in target ? fileId(target.path) : id;
}

function findWaiting({ blueprint }: Derived): ReadonlyMap<ResourceId, readonly ResourceId[]> {
  const waiting = new Map<ResourceId, ResourceId[]>();
  for (const { id, inputs } of blueprint.targets.values()) {
    for (const input of inputs) {
      const ids = waiting.get(input);
      if (ids === undefined) waiting.set(input, [id]);
      else ids.push(id);
    }
  }
  return waiting;
}

/** From a resource along the outputs that its cause names, down to a file or a setting; one line each. */
function causesOf(state: ProjectState, { blueprint }: Derived, resourceId: ResourceId): readonly string[] {
  const causes: string[] = [];
  const seen = new Set<ResourceId>();
  let id: ResourceId | undefined = resourceId;
  while (id !== undefined && !seen.has(id)) {
    seen.add(id);
    const cause: string = state.outputs.get(id)?.cause ?? "";
    if (cause !== "") causes.push(`${id}: ${cause}`);
    id = blueprint.targets.get(id)?.inputs.find((input) => cause.startsWith(`${input} `));
  }
  return causes;
}

import type { Json } from "../base/json.ts";
import type { Operation } from "../model/operation.ts";

type NaiveRelationship = { source: string; target: string; type: string; metadata: Json };

/** What the log means, told as slowly and as plainly as possible: the truth that the index is compared with. */
export function naiveRelationships(log: readonly Operation[]): readonly NaiveRelationship[] {
  let list: NaiveRelationship[] = [];
  for (const { documentId, action } of naiveEffective(log.filter(({ scope }) => scope === "document"))) {
    if (action.type === "DELETE_DOCUMENT") {
      list = list.filter(({ source, target }) => source !== documentId && target !== documentId);
    }
    if (!("relationships" in action)) continue;
    for (const { targetId, type, ...rest } of action.relationships) {
      const isSame = (one: NaiveRelationship) =>
        one.source === documentId && one.target === targetId && one.type === type;
      const metadata = "metadata" in rest ? rest.metadata : undefined;
      if (action.type === "REMOVE_RELATIONSHIP") list = list.filter((one) => !isSame(one));
      else if (action.type === "ADD_RELATIONSHIP") {
        if (!list.some(isSame))
          list.push({ source: documentId, target: targetId, type, metadata: metadata ?? null });
      } else if (metadata !== undefined) {
        list = list.map((one) => (isSame(one) ? { ...one, metadata } : one));
      }
    }
  }
  return list;
}

/** Size of each file by path. */
export function naiveSources(log: readonly Operation[]): Readonly<Record<string, number>> {
  const sizes = new Map<string, number>();
  for (const { documentId, action } of naiveEffective(log.filter(({ scope }) => scope === "source"))) {
    const path = documentId.slice("file:".length);
    if (action.type === "PUT_SOURCE") sizes.set(path, action.source.size);
    else sizes.delete(path);
  }
  return Object.fromEntries(sizes);
}

/** Branch `main`, each stream by itself rewound as often as its operations say. */
function naiveEffective(log: readonly Operation[]): readonly Operation[] {
  const main = log.filter(({ branch }) => branch === "main");
  const documents = new Set(main.map(({ documentId }) => documentId));
  const remaining = new Set<Operation>();
  for (const document of documents) {
    let state: readonly Operation[] = [];
    const states: (readonly Operation[])[] = [];
    for (const operation of main.filter(({ documentId }) => documentId === document)) {
      const base = operation.index - operation.skip;
      state = [...(base > 0 ? (states[base - 1] ?? []) : []), operation];
      states.push(state);
    }
    for (const operation of state) remaining.add(operation);
  }
  return main.filter((operation) => remaining.has(operation));
}

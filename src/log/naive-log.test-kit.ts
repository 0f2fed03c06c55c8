import type { Json } from "../base/json.ts";
import type { Operation } from "../model/operation.ts";

type NaiveRelationship = {
  source: string;
  target: string;
  type: string;
  metadata: Json;
  place: readonly number[];
};

/** What the log means, told as slowly and as plainly as possible: the truth that the index is compared with. */
export function naiveRelationships(log: readonly Operation[]): readonly NaiveRelationship[] {
  let list: NaiveRelationship[] = [];
  for (const { id, documentId, action } of naiveEffective(log.filter(({ scope }) => scope === "document"))) {
    if (action.type === "DELETE_DOCUMENT") {
      list = list.filter(({ source, target }) => source !== documentId && target !== documentId);
    }
    if (!("relationships" in action)) continue;
    for (const [position, { targetId, type, ...rest }] of action.relationships.entries()) {
      const place = [id, position];
      const isSame = (one: NaiveRelationship) =>
        one.source === documentId && one.target === targetId && one.type === type;
      const { metadata } = rest as { readonly metadata?: Json };
      if (action.type === "REMOVE_RELATIONSHIP") list = list.filter((one) => !isSame(one));
      else if (action.type === "ADD_RELATIONSHIP") {
        if (!list.some(isSame))
          list.push({ source: documentId, target: targetId, type, metadata: metadata ?? null, place });
      } else if (metadata !== undefined) {
        list = list.map((one) => (isSame(one) ? { ...one, metadata } : one));
      }
    }
  }
  return list.toSorted(
    (a, b) => (a.place[0] ?? 0) - (b.place[0] ?? 0) || (a.place[1] ?? 0) - (b.place[1] ?? 0),
  );
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

/** Branch `main`: of all streams, again and again the earliest of those operations that stand first. */
function naiveEffective(log: readonly Operation[]): readonly Operation[] {
  const main = log.filter(({ branch }) => branch === "main");
  const documents = [...new Set(main.map(({ documentId }) => documentId))];
  const waiting = documents.map((id) => [...naiveStream(main.filter(({ documentId }) => documentId === id))]);
  const order: Operation[] = [];
  for (;;) {
    const first = waiting.flatMap(([head]) => head ?? []).toSorted(naiveOrder)[0];
    if (first === undefined) return order;
    order.push(first);
    waiting.find(([head]) => head === first)?.shift();
  }
}

/** One stream, rewound as often as its operations say. */
export function naiveStream(stream: readonly Operation[]): readonly Operation[] {
  const states: (readonly Operation[])[] = [];
  for (const operation of stream) {
    const base = operation.index - operation.skip;
    states.push([...(base > 0 ? (states[base - 1] ?? []) : []), operation]);
  }
  return states.at(-1) ?? [];
}

function naiveOrder(a: Operation, b: Operation): number {
  return a.time - b.time || a.sequence - b.sequence || (a.actionId < b.actionId ? -1 : 1);
}

/**
 * The ids of the actions that are effective when a copy of a stream has taken in another: what the longer one has when
 * it goes on where the other ends, otherwise all that neither has undone, in the order in which it was done.
 */
export function naiveMerge(local: readonly Operation[], sent: readonly Operation[]): readonly string[] {
  const other = [...sent];
  while ((other.at(-1)?.following ?? 0) > 0) other.pop();
  const text = (one: Operation) => `${one.actionId} ${one.skip}\n`;
  const [mine, theirs] = [local.map(text).join(""), other.map(text).join("")];
  const ids = (operations: readonly Operation[]) => operations.map(({ actionId }) => actionId);
  if (mine.startsWith(theirs)) return ids(naiveStream(local));
  if (theirs.startsWith(mine)) return ids(naiveStream(other));
  const isAlive = ({ actionId }: Operation) =>
    [local, other].every((copy) => {
      const holds = copy.some((one) => one.actionId === actionId);
      return !holds || naiveStream(copy).some((one) => one.actionId === actionId);
    });
  return [...new Set(ids([...local, ...other].filter(isAlive).toSorted(naiveOrder)))];
}

type Ends = readonly { readonly source: string; readonly target: string }[];

/** Of all ways the shortest, found by going one hop further from every way there is; the first in list order. */
export function naivePath(edges: Ends, from: string, to: string): readonly string[] | null {
  const seen = new Set([from]);
  for (let ways = [[from]]; ways.length > 0;) {
    const there = ways.find((way) => way.at(-1) === to);
    if (there !== undefined) return there;
    ways = ways.flatMap((way) =>
      edges
        .filter(({ source, target }) => source === way.at(-1) && !seen.has(target))
        .map(({ target }) => {
          seen.add(target);
          return [...way, target];
        })
        .filter((longer, n, all) => all.findIndex((other) => other.at(-1) === longer.at(-1)) === n),
    );
  }
  return null;
}

/** All documents from which a way leads to one. */
export function naiveAncestors(edges: Ends, to: string): readonly string[] {
  const documents = [...new Set([to, ...edges.map(({ source }) => source)])];
  return documents.filter((from) => naivePath(edges, from, to) !== null);
}

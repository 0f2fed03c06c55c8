import type { RuleGraph } from "./rule-graph.ts";

/** The rules that have a wave, by wave, then priority, then name. Cost: O(rules), two counting sorts. */
export function orderByWave(graph: RuleGraph, waveOf: Int32Array): Uint32Array {
  const all = Uint32Array.from(graph.rules.keys());
  const byPriority = countingSort(all, priorityRanks(graph));
  return countingSort(
    byPriority.filter((rule) => waveOf[rule] !== -1),
    waveOf,
  );
}

/** The place of each rule's priority among the different ones. */
function priorityRanks(graph: RuleGraph): Int32Array {
  const ranks = new Map<number, number>();
  const different = new Set(graph.rules.map((rule) => rule.priority));
  for (const priority of [...different].sort((a, b) => a - b)) ranks.set(priority, ranks.size);
  return Int32Array.from(graph.rules, (rule) => ranks.get(rule.priority)!);
}

/** `items` by ascending `keys[item]`, which are small integers; equal ones keep their order. */
function countingSort(items: Uint32Array, keys: Int32Array): Uint32Array {
  let greatest = 0;
  for (const item of items) greatest = Math.max(greatest, keys[item]!);
  const starts = new Uint32Array(greatest + 2);
  for (const item of items) starts[keys[item]! + 1]!++;
  for (let key = 0; key <= greatest; key++) starts[key + 1]! += starts[key]!;
  const sorted = new Uint32Array(items.length);
  for (const item of items) sorted[starts[keys[item]!]!++] = item;
  return sorted;
}

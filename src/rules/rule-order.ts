import type { RuleGraph } from "./rule-graph.ts";

/** The rules that have a wave, by wave, then priority, then name. Cost: O(rules), two counting sorts. */
export function orderByWave(graph: RuleGraph, waveOf: Int32Array): Uint32Array {
  const rules = new Uint32Array(graph.rules.length);
  let count = 0;
  for (let rule = 0; rule < rules.length; rule++) if (waveOf[rule] !== -1) rules[count++] = rule;
  return countingSort(countingSort(rules.subarray(0, count), priorityRanks(graph)), waveOf);
}

/** The place of each rule's priority among the different ones. */
export function priorityRanks(graph: RuleGraph): Int32Array {
  const different = new Set<number>();
  for (const rule of graph.rules) different.add(rule.priority);
  const rankOf = new Map([...different].sort((a, b) => a - b).map((priority, rank) => [priority, rank]));
  const ranks = new Int32Array(graph.rules.length);
  for (let rule = 0; rule < ranks.length; rule++) ranks[rule] = rankOf.get(graph.rules[rule]!.priority)!;
  return ranks;
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

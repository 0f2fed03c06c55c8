import { buildDigraph } from "./digraph.ts";
import type { Digraph } from "./digraph.ts";
import { isAcyclic } from "./generations.ts";
import { placeOf } from "./sorted-nodes.ts";
import { findShortestCycle } from "./shortest-cycle.ts";
import { findCyclicComponents } from "./strongly-connected.ts";

/** Nodes and edges looked at, roughly, before the search for a smaller set ends. */
const defaultBudget = 3_000_000;

/**
 * Edges without which the nodes of a component have no cycle, as ascending slots of `outTargets`. No edge of the set
 * can be left out of it; and when the budget lets the search end, no set is smaller. Parallel edges stand or fall
 * together. Cost: O(budget) and O(edges of the component · edges in the answer), the latter cut short by the budget
 * too: a very large component then keeps edges that could have been left out.
 */
export function findFeedbackEdges(
  graph: Digraph,
  members: Uint32Array,
  budget: number = defaultBudget,
): Uint32Array {
  const links = collapse(graph, members);
  const proper = links.filter((link) => link.from !== link.to);
  const loops = links.filter((link) => link.from === link.to);
  const purse = { left: budget };
  const some = leaveOutSpare(members.length, proper, backEdges(members.length, proper), purse);
  const best = searchSmaller(members.length, proper, some, purse);
  return Uint32Array.from([...loops, ...best].flatMap((link) => link.slots)).sort();
}

/** All parallel edges from one member to another, by the members' places. */
type Link = { readonly from: number; readonly to: number; readonly slots: readonly number[] };

type Purse = { left: number };

function collapse(graph: Digraph, members: Uint32Array): readonly Link[] {
  const links: { from: number; to: number; slots: number[] }[] = [];
  /** By target: the number of its last link. */
  const last = new Int32Array(members.length).fill(-1);
  members.forEach((node, from) => {
    for (let slot = graph.outStarts[node]!; slot < graph.outStarts[node + 1]!; slot++) {
      const to = placeOf(members, graph.outTargets[slot]!);
      if (to === -1) continue;
      const known = links[last[to]!];
      if (known?.from === from) known.slots.push(slot);
      else last[to] = links.push({ from, to, slots: [slot] }) - 1;
    }
  });
  return links;
}

const weightOf = (links: Iterable<Link>) => {
  let weight = 0;
  for (const link of links) weight += link.slots.length;
  return weight;
};

/** The links that lead back in the order in which a node with more ways out than in goes as far forward as it can. */
function backEdges(nodes: number, links: readonly Link[]): readonly Link[] {
  const place = new Float64Array(nodes);
  for (const link of links) {
    place[link.from]! -= link.slots.length;
    place[link.to]! += link.slots.length;
  }
  const order = Array.from(place.keys()).sort((a, b) => place[a]! - place[b]! || a - b);
  const rank = new Uint32Array(nodes);
  order.forEach((node, index) => (rank[node] = index));
  return links.filter((link) => rank[link.from]! > rank[link.to]!);
}

/** Puts back each link of `cut` that closes no cycle with those that stay, the heaviest first. */
function leaveOutSpare(
  nodes: number,
  links: readonly Link[],
  cut: readonly Link[],
  purse: Purse,
): readonly Link[] {
  const out = new Set(cut);
  const successors: number[][] = Array.from({ length: nodes }, () => []);
  for (const link of links) if (!out.has(link)) successors[link.from]!.push(link.to);
  const seen = new Int32Array(nodes).fill(-1);
  const heaviestFirst = [...cut].sort((a, b) => b.slots.length - a.slots.length);
  heaviestFirst.forEach((link, round) => {
    if (purse.left <= 0 || leadsTo(successors, link, { seen, round, purse })) return;
    out.delete(link);
    successors[link.from]!.push(link.to);
  });
  return [...out];
}

/** Whether a path leads from the end of a link back to its beginning. */
function leadsTo(
  successors: readonly (readonly number[])[],
  link: Link,
  state: { readonly seen: Int32Array; readonly round: number; readonly purse: Purse },
): boolean {
  const queue = [link.to];
  state.seen[link.to] = state.round;
  for (let head = 0; head < queue.length; head++) {
    for (const next of successors[queue[head]!]!) {
      state.purse.left--;
      if (next === link.from) return true;
      if (state.seen[next] === state.round) continue;
      state.seen[next] = state.round;
      queue.push(next);
    }
  }
  return false;
}

/** The lightest set that the purse lets us find: `some`, or a lighter one found by trying weight after weight. */
function searchSmaller(
  nodes: number,
  links: readonly Link[],
  some: readonly Link[],
  purse: Purse,
): readonly Link[] {
  const search = new CutSearch(nodes, links, purse);
  for (let weight = 1; weight < weightOf(some); weight++) {
    const found = search.within(weight);
    if (purse.left <= 0) return some;
    if (found !== undefined) return found;
  }
  return some;
}

/** One cycle of the search, of which one link after another is cut. */
type Step = {
  readonly cycle: readonly Link[];
  /** Edges that may be cut from here on. */
  readonly left: number;
  at: number;
  readonly tried: Link[];
  /** The link that is cut now. */
  current: Link | undefined;
};

/** Every set that breaks all cycles holds a link of any one of them: so take a short cycle and try each of its links. */
class CutSearch {
  readonly #nodes: number;
  readonly #links: readonly Link[];
  readonly #purse: Purse;
  readonly #byEnds = new Map<number, Link>();
  readonly #cut = new Set<Link>();
  readonly #kept = new Set<Link>();

  constructor(nodes: number, links: readonly Link[], purse: Purse) {
    this.#nodes = nodes;
    this.#links = links;
    this.#purse = purse;
    for (const link of links) this.#byEnds.set(link.from * nodes + link.to, link);
  }

  /** A set of at most `weight` edges, if there is one. */
  within(weight: number): readonly Link[] | undefined {
    const steps: Step[] = [];
    for (let left: number | undefined = weight; left !== undefined; left = this.#nextChoice(steps)) {
      this.#purse.left -= 4 * (this.#nodes + this.#links.length);
      if (this.#purse.left <= 0) return undefined;
      const cycle = this.#shortCycle();
      if (cycle === undefined) return [...this.#cut];
      steps.push({ cycle, left, at: 0, tried: [], current: undefined });
    }
    return undefined;
  }

  /** Cuts the next link that may be cut, going back where all have been; the weight that then is left. */
  #nextChoice(steps: Step[]): number | undefined {
    for (let step = steps.at(-1); step !== undefined; step = steps.at(-1)) {
      if (step.current !== undefined) this.#keep(step, step.current);
      step.current = undefined;
      while (step.at < step.cycle.length) {
        const link = step.cycle[step.at++]!;
        if (this.#kept.has(link)) continue;
        if (link.slots.length > step.left) {
          this.#keep(step, link);
          continue;
        }
        step.current = link;
        this.#cut.add(link);
        return step.left - link.slots.length;
      }
      for (const link of step.tried) this.#kept.delete(link);
      steps.pop();
    }
    return undefined;
  }

  /** All sets with this link have been tried, so the others are looked for with it kept. */
  #keep(step: Step, link: Link): void {
    this.#cut.delete(link);
    this.#kept.add(link);
    step.tried.push(link);
  }

  #shortCycle(): readonly Link[] | undefined {
    const left = this.#links.filter((link) => !this.#cut.has(link));
    const graph = buildDigraph(
      this.#nodes,
      left.map((link) => link.from),
      left.map((link) => link.to),
    );
    if (isAcyclic(graph)) return undefined;
    const cycle = findShortestCycle(graph, findCyclicComponents(graph)[0]!, 16 * left.length);
    return cycle.map((node, i) => this.#byEnds.get(node * this.#nodes + cycle[(i + 1) % cycle.length]!)!);
  }
}

import type { Hasher } from "../base/xxhash.ts";
import { withAscendingRows } from "./ascending-rows.ts";
import type { Digraph } from "./digraph.ts";

/**
 * The identity of a graph, 16 hex digits: the same for graphs of as many nodes with the same edges, parallel ones
 * counted, in whatever order they came. 64 bits tell graphs apart; they are no protection against somebody who makes
 * two collide on purpose. Cost: O(nodes + edges). It reads memory as it lies, so it is the same on all machines
 * whose bytes are in little-endian order, which are all that browsers run on.
 */
export function signatureOfDigraph(graph: Digraph, hasher: Hasher): string {
  const { outStarts, outTargets } = withAscendingRows(graph);
  const parts = ["digraph 1", String(graph.nodes), hashOf(outStarts, hasher), hashOf(outTargets, hasher)];
  return hasher.text(parts.join(" "));
}

function hashOf(values: Uint32Array, hasher: Hasher): string {
  return hasher.bytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

import fc from "fast-check";
import { expect, it } from "vitest";
import type { EdgeRow, NodeRow } from "../../model/view-rows.ts";
import type { LiveView } from "../../session/contract.ts";
import { MemoryView } from "../testing/memory-view.ts";
import { fileRow } from "../testing/sample-rows.ts";
import { GraphShape } from "./shape.ts";

const nodeOf = fc
  .record({
    key: fc.constantFrom("a", "b", "c"),
    label: fc.constantFrom("x", "y"),
    generation: fc.nat(1),
    status: fc.constantFrom("DONE", "DIRTY"),
  })
  .map((part): NodeRow => ({ ...fileRow("x", "document", 0), ...part }));
const edgeOf = fc.constantFrom("1", "2").map((key): EdgeRow => {
  return { key, first: "a", then: "b", type: "depends-on", ordersBuild: true };
});
const removed = fc.array(fc.constantFrom("a", "b", "c", "1", "2"), { maxLength: 2 });
const changes = fc.record({
  nodes: fc.array(nodeOf, { maxLength: 3 }),
  edges: fc.array(edgeOf, { maxLength: 2 }),
  removed,
  forgets: fc.boolean(),
});

/** All that the shape is, as one text. */
const shapeOf = (node: LiveView<NodeRow>, edge: LiveView<EdgeRow>): string =>
  JSON.stringify([
    [...node.rows()].map(({ key, label, generation }) => [key, label, generation].join()).toSorted(),
    [...edge.rows()].map(({ key }) => key).toSorted(),
  ]);

/** The same view, which no longer knows what changed. */
function forgetful<Row>(view: LiveView<Row>): LiveView<Row> {
  return {
    subscribe: (listener) => view.subscribe(listener),
    version: () => view.version(),
    size: () => view.size(),
    get: (key) => view.get(key),
    rows: () => view.rows(),
    changedSince: () => undefined,
  };
}

it("tells whether anything changed that is drawn elsewhere for it, and nothing of statuses", () => {
  fc.assert(
    fc.property(fc.array(changes, { maxLength: 8 }), (stream) => {
      const node = new MemoryView<NodeRow>();
      const edge = new MemoryView<EdgeRow>();
      const shape = new GraphShape();
      expect(shape.update({ node, edge })).toBe(false);
      let before = shapeOf(node, edge);
      for (const { nodes, edges, removed: gone, forgets } of stream) {
        node.change(nodes, gone);
        edge.change(edges, gone);
        const after = shapeOf(node, edge);
        const views = forgets ? { node: forgetful(node), edge: forgetful(edge) } : { node, edge };
        expect(shape.update(views)).toBe(after !== before);
        expect(shape.update({ node, edge })).toBe(false);
        before = after;
      }
    }),
  );
});

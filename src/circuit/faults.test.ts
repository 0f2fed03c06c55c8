import fc from "fast-check";
import { expect, it } from "vitest";
import { Follower } from "./follower.test-kit.ts";
import { PlanGraph } from "./plan-graph.ts";
import { sketches } from "./random-plan.test-kit.ts";
import { batches, WrittenTables } from "./random-stream.test-kit.ts";
import type { Write } from "./random-stream.test-kit.ts";

/** Batches, in some of which reading one column of one row fails. */
const events = fc.record({ batch: batches(6), poisoned: fc.boolean() });

it("[CP4] leaves right what does not depend on what failed, and makes right what failed when its inputs change", () => {
  const seen = { failed: 0, mended: 0 };
  fc.assert(
    fc.property(
      fc.array(sketches(3), { minLength: 2, maxLength: 4 }),
      fc.array(events, { maxLength: 10 }),
      (views, stream) => {
        let poisonous = false;
        const poison = (batch: readonly Write[]): readonly Write[] => {
          const columns = {
            get a(): number {
              if (poisonous) throw new Error("cannot be read");
              return 1;
            },
            b: 2,
          };
          return [...batch, { table: "t", key: "k1", columns: null }, { table: "t", key: "poison", columns }];
        };
        const tables = new WrittenTables();
        const graph = new PlanGraph({ rowsOf: (table) => tables.rowsOf(table), spare: 0 });
        const followers = views.map(({ plan }) => new Follower(graph, plan));
        for (const { batch, poisoned } of stream) {
          const changes = tables.write(
            poisoned ? poison(batch) : [...batch, { table: "t", key: "poison", columns: null }],
          );
          const failedBefore = followers.map(({ node }) => node.fault !== undefined);
          poisonous = poisoned;
          const outcomes = graph.apply(changes);
          poisonous = false;
          for (const [at, follower] of followers.entries()) {
            const outcome = outcomes.get(follower.node);
            if (outcome?.type === "fault") seen.failed++;
            else follower.hear(outcome);
            if (failedBefore[at] === true && outcome?.type === "reset") seen.mended++;
            if (failedBefore[at] === true) expect(outcome?.type).not.toBe("changes");
            if (follower.node.fault === undefined) follower.check(tables.all);
            else expect(follower.node.content().type).toBe("fault");
          }
        }
      },
    ),
    { numRuns: 100 },
  );
  expect(seen.failed).toBeGreaterThan(20);
  expect(seen.mended).toBeGreaterThan(10);
});

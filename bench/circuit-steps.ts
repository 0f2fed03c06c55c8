import fc from "fast-check";
import { Follower } from "../src/circuit/follower.test-kit.ts";
import { PlanGraph } from "../src/circuit/plan-graph.ts";
import { parameterNames, sketches, values } from "../src/circuit/random-plan.test-kit.ts";
import { batches, WrittenTables } from "../src/circuit/random-stream.test-kit.ts";

const given = fc.record(Object.fromEntries(parameterNames.map((name) => [name, values])));
const plans = fc.tuple(
  sketches(4).map(({ plan }) => plan),
  given,
);

/**
 * Compares random plans over random streams with a recomputation after each of at least so many steps, and gives how
 * many there were. Throws at the first difference, with the shortest case that shows it.
 */
export function checkSteps(least: number): number {
  let steps = 0;
  while (steps < least) {
    fc.assert(
      fc.property(
        fc.array(plans, { minLength: 1, maxLength: 3 }),
        fc.array(batches(12), { minLength: 20, maxLength: 40 }),
        (views, stream) => {
          const tables = new WrittenTables();
          const graph = new PlanGraph({ rowsOf: (table) => tables.rowsOf(table), spare: 3 });
          const followers = views.map(([plan, parameters]) => new Follower(graph, plan, parameters));
          for (const batch of stream) {
            const outcomes = graph.apply(tables.write(batch));
            for (const follower of followers) {
              follower.hear(outcomes.get(follower.node));
              follower.check(tables.all);
            }
            steps++;
          }
        },
      ),
      { numRuns: 20 },
    );
  }
  return steps;
}

import { openCircuit } from "./circuit-contenders.ts";
import { changeOne, makeItems, makeOwners, randomFrom } from "./circuit-load.ts";
import type { Heap } from "./circuit-tasks.ts";

/** Live bytes after each tenth of many updates, in megabytes, and updates a second over all of them. */
export type Growth = { readonly rate: number; readonly megabytes: readonly number[] };

/** Many updates in batches of 1,000 over five views and 100,000 rows: whether memory grows with them. */
export function measureGrowth(updates: number, heap: Heap): Growth {
  const random = randomFrom(1);
  const items = makeItems(100_000, random);
  const circuit = openCircuit();
  circuit.ingestBatch(makeOwners().map((row) => ({ type: "create", table: "owner", row })));
  circuit.ingestBatch(items.map((row) => ({ type: "create", table: "item", row })));
  const megabytes = [heap() / 1e6];
  let spent = 0;
  for (let tenth = 0; tenth < 10; tenth++) {
    const startedAt = performance.now();
    for (let done = 0; done < updates / 10; done += 1000) {
      const entries = Array.from({ length: 1000 }, () => {
        return { type: "update", table: "item", row: changeOne(items, random) } as const;
      });
      circuit.ingestBatch(entries);
    }
    spent += performance.now() - startedAt;
    megabytes.push(heap() / 1e6);
  }
  return { rate: (updates * 1000) / spent, megabytes };
}

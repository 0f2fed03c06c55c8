import fc from "fast-check";
import { expect, it } from "vitest";
import { anyEntry, note, openCircuit, put, register, registerAt, scan, sorted } from "./circuit.test-kit.ts";
import type { Row } from "./row.ts";
import type { TableNews } from "./shard.ts";

it("[C25] tells whoever follows a table enough to hold its rows, whatever comes", () => {
  const steps = fc.oneof(
    { weight: 5, arbitrary: fc.array(anyEntry, { maxLength: 6 }) },
    { weight: 1, arbitrary: fc.constantFrom("note", "link") },
  );
  let clears = 0;
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 10 }), fc.nat(5), (stream, late) => {
      const held = new Map<string, Map<string, Row>>();
      const take = ({ changes, cleared, rowsOf }: TableNews) => {
        for (const [table, rows] of held) {
          for (const { key, after } of changes.get(table) ?? []) {
            if (after === undefined) rows.delete(key);
            else rows.set(key, after);
          }
          if (!cleared.has(table)) continue;
          clears++;
          rows.clear();
          for (const row of rowsOf(table)) rows.set(row.key, row);
        }
      };
      const circuit = openCircuit({ feed: take });
      for (const table of ["note", "link"]) register(circuit, table, scan(table), () => {});
      for (const [at, step] of stream.entries()) {
        if (typeof step === "string") circuit.clear(step);
        else circuit.defer(step);
        if (at === late)
          for (const table of ["note", "link"])
            held.set(table, new Map([...circuit.follow("realtime", table)].map((row) => [row.key, row])));
        if (at % 2 === 0) continue;
        circuit.flush();
        for (const [table, rows] of held)
          expect(sorted(rows.values())).toEqual(sorted(circuit.rows(table) ?? []));
      }
    }),
  );
  expect(clears).toBeGreaterThan(5);
});

it("[C25] tells it before the views, at each frequency when that is due, also of tables that no view looks at", () => {
  const told: string[] = [];
  const feed = ({ frequency, changes }: TableNews) =>
    told.push(`${frequency}: ${[...changes].map(([table, { length }]) => `${length} of ${table}`).join()}`);
  const circuit = openCircuit({ feed });
  const listener = () => told.push("view");
  registerAt("normal", { circuit, name: "links", plan: scan("link"), listener });
  registerAt("realtime", { circuit, name: "notes", plan: scan("note"), listener });
  expect([...circuit.follow("normal", "note")]).toEqual([]);
  circuit.tick(1000);
  circuit.defer([
    put(note("a", 1)),
    { type: "create", table: "link", row: { key: "l", from: "a", to: "b" } },
  ]);
  expect(circuit.tick(1000.5).map(({ frequency }) => frequency)).toContain("realtime");
  circuit.defer([put(note("b", 1))]);
  circuit.tick(1050);
  circuit.tick(1200);
  expect(told).toEqual([
    "realtime: 1 of note",
    "view",
    "normal: 1 of link,1 of note",
    "view",
    "realtime: 1 of note",
    "view",
    "normal: 1 of note",
  ]);
  circuit.unfollow("normal", "note");
  expect(circuit.followed("normal")).toEqual([]);
});

it("[C25] is due when a table that is followed was cleared", () => {
  const circuit = openCircuit({ feed: () => {} });
  circuit.follow("realtime", "note");
  expect(circuit.nextTick()).toBe(null);
  circuit.clear("note");
  expect(circuit.nextTick()).not.toBe(null);
  circuit.flush();
  expect(circuit.nextTick()).toBe(null);
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { anyEntry, note, openCircuit, put, register, remove, scan } from "./circuit.test-kit.ts";
import type { Circuit } from "./circuit.ts";
import type { Entry } from "./entry.ts";
import { EventIntake, type ExternalEvent, type SavedIntake } from "./event-intake.ts";

/** What outlives a crash: the last save, and the offsets that the sources were told. */
type Disk = { saved: SavedIntake | null; readonly committed: Map<string, number> };

type Life = { readonly circuit: Circuit; readonly intake: EventIntake; isOver: boolean };

function start(disk: Disk): Life {
  const circuit = openCircuit();
  if (disk.saved !== null) circuit.restore(disk.saved.circuit, () => () => {});
  else register(circuit, "all", scan("note"), () => {});
  const intake = new EventIntake({
    circuit,
    offsets: disk.saved?.offsets ?? {},
    commit: async (source, offset) => {
      // What is committed will not come again, so it is saved first.
      disk.saved = structuredClone(life.intake.save());
      await Promise.resolve();
      if (!life.isOver) disk.committed.set(source, offset);
    },
  });
  const life: Life = { circuit, intake, isOver: false };
  return life;
}

const sources = ["mail", "__proto__"];
const delivery = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ source: fc.constantFrom(...sources), ahead: fc.integer({ min: -3, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.constant("crash" as const) },
  { weight: 1, arbitrary: fc.constant("crash before the commit" as const) },
);

it("[C22] [C23] carries each event out once, delivered late, twice and again after a crash", async () => {
  const events = fc.array(fc.array(anyEntry, { maxLength: 3 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(events, events),
      fc.array(delivery, { maxLength: 30 }),
      async (streams, deliveries) => {
        const all = streams.map((stream, n) => stream.map((entries) => ownKeys(entries, sources[n] ?? "")));
        const disk: Disk = { saved: null, committed: new Map() };
        let life = start(disk);
        const deliver = (source: string, offset: number) => {
          const entries = all[sources.indexOf(source)]?.[offset];
          return entries === undefined ? undefined : life.intake.receive({ source, offset, entries });
        };
        for (const each of deliveries) {
          if (typeof each === "object") {
            await deliver(each.source, Math.max(0, (disk.committed.get(each.source) ?? 0) + each.ahead));
            continue;
          }
          // A crash between the two leaves a source that has not heard of what was saved.
          if (each === "crash before the commit") void deliver("mail", disk.committed.get("mail") ?? 0);
          life.isOver = true;
          life = start(disk);
        }
        for (const [n, source] of sources.entries())
          for (let offset = disk.committed.get(source) ?? 0; offset < (all[n]?.length ?? 0); offset++)
            await deliver(source, offset);
        const once = openCircuit();
        register(once, "all", scan("note"), () => {});
        once.ingestBatch(all.flat(2));
        expect(life.circuit.hash("all")).toBe(once.hash("all"));
        sources.forEach((source, n) => expect(disk.committed.get(source)).toBe(all[n]?.length));
      },
    ),
    { numRuns: 200 },
  );
});

/** The entries for rows of the source's own: two sources have no order between them. */
function ownKeys(entries: readonly Entry[], source: string): readonly Entry[] {
  return entries.map((entry) =>
    entry.type === "delete"
      ? { ...entry, key: source + entry.key }
      : { ...entry, row: { ...entry.row, key: source + entry.row.key } },
  );
}

const event = (offset: number, ...entries: Entry[]): ExternalEvent => ({ source: "mail", offset, entries });

it("[C23] commits nothing that was not carried out, and makes up for a commit that failed", async () => {
  const circuit = openCircuit();
  register(circuit, "all", scan("note"), () => {});
  const committed: [number, number][] = [];
  let isDown = false;
  const commit = (_source: string, offset: number) => {
    committed.push([offset, circuit.rows("all")?.length ?? 0]);
    return isDown ? Promise.reject(new Error("disk full")) : Promise.resolve();
  };
  const intake = new EventIntake({ circuit, commit });
  expect(await intake.receive(event(1, put(note("b", 1))))).toEqual({ became: "waiting", fault: null });
  expect(await intake.receive(event(1, put(note("b", 1))))).toEqual({ became: "known", fault: null });
  expect(committed).toEqual([]);
  isDown = true;
  expect(await intake.receive(event(0, put(note("a", 1))))).toMatchObject({
    became: "taken",
    fault: { code: "offset-not-committed" },
  });
  isDown = false;
  expect(await intake.receive(event(2, put(note("c", 1))))).toEqual({ became: "taken", fault: null });
  expect(await intake.receive(event(0, remove("a")))).toEqual({ became: "known", fault: null });
  expect(committed).toEqual([
    [2, 2],
    [3, 3],
    [3, 3],
  ]);
});

it("[C24] passes over an event that no table takes, and puts back what is too early", async () => {
  const circuit = openCircuit();
  register(circuit, "all", scan("note"), () => {});
  const intake = new EventIntake({ circuit, commit: () => Promise.resolve(), mostWaiting: 1 });
  const wrong: Entry = { type: "delete", table: "page", key: "a" };
  expect(await intake.receive(event(0, put(note("a", 1)), wrong))).toMatchObject({
    became: "taken",
    fault: { code: "unknown-table" },
  });
  expect(await intake.receive(event(2, put(note("c", 1))))).toMatchObject({ became: "waiting" });
  expect(await intake.receive(event(3, put(note("d", 1))))).toMatchObject({
    became: "refused",
    fault: { code: "event-too-early" },
  });
  expect(await intake.receive(event(1.5))).toMatchObject({
    became: "refused",
    fault: { code: "wrong-offset" },
  });
  expect(await intake.receive(event(1, put(note("b", 1))))).toEqual({ became: "taken", fault: null });
  expect(await intake.receive(event(3, put(note("d", 1))))).toEqual({ became: "taken", fault: null });
  expect(circuit.rows("all")?.map(({ key }) => key)).toEqual(["b", "c", "d"]);
});

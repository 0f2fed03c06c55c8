import { describe, expect, it } from "vitest";
import type { HistoryQuery, HistoryRow } from "../../model/history.ts";
import { longHistory, operation, put } from "../testing/sample-history.ts";
import { HistoryReader } from "./history-reader.ts";

const all: HistoryQuery = { documentId: null, search: "" };

/** A log whose answers the test lets through one by one, and that looks at `examined` rows for each. */
function makeLog(rows: HistoryRow[], examined = 50) {
  const waiting: (() => void)[] = [];
  const turn = () => new Promise<void>((resolve) => waiting.push(resolve));
  const part = ({ search }: HistoryQuery, before: number | null) => {
    const older = rows.filter(({ id }) => before === null || id < before);
    const looked = older.slice(0, examined);
    const fits = looked.filter(({ documentId }) => documentId.includes(search));
    return { rows: fits, next: older.length > examined ? (looked.at(-1)?.id ?? null) : null };
  };
  const log = {
    isDown: false,
    history: async (query: HistoryQuery, before: number | null) => {
      await turn();
      return log.isDown ? undefined : part(query, before);
    },
    countHistory: async (query: HistoryQuery, before: number | null) => {
      const { rows: fits, next } = part(query, before);
      return { matches: fits.length, next };
    },
  };
  /** Lets answers through until nothing is asked any more, or `most` of them. */
  const answer = async (most = Infinity) => {
    for (let n = 0; n < most; n++) {
      await new Promise((resolve) => setTimeout(resolve));
      const next = waiting.shift();
      if (next === undefined) return;
      next();
    }
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { log, answer };
}

const ids = (reader: HistoryReader) => reader.state().rows.map(({ id }) => id);
const range = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, n) => from - n);

describe("HistoryReader", () => {
  it("reads a screenful, then older operations when asked, without gap or repetition", async () => {
    const { log, answer } = makeLog([...longHistory(130)]);
    const reader = new HistoryReader(log);
    reader.read(all);
    await answer();
    expect(ids(reader)).toEqual(range(130, 81));
    expect(reader.state()).toMatchObject({ isLoading: false, count: { matches: 130, isComplete: true } });
    reader.more();
    reader.more();
    await answer();
    reader.more();
    await answer();
    expect(ids(reader)).toEqual(range(130, 1));
    expect(reader.state().next).toBeNull();
  });

  it("searches on through parts of the log without a match", async () => {
    const { log, answer } = makeLog([...longHistory(500), operation(0, "file:first.md", put("added", 1))]);
    const reader = new HistoryReader(log);
    reader.read({ documentId: null, search: "first" });
    await answer();
    expect(ids(reader)).toEqual([0]);
    expect(reader.state()).toMatchObject({ next: null, count: { matches: 1, isComplete: true } });
  });

  it("keeps what it shows until the first answer to another question, and hears no late one", async () => {
    const { log, answer } = makeLog([...longHistory(60)]);
    const reader = new HistoryReader(log);
    reader.read(all);
    await answer();
    reader.read({ documentId: null, search: "note-1.md" });
    expect(ids(reader)).toEqual(range(60, 11));
    reader.read({ documentId: null, search: "note-2.md" });
    await answer();
    expect(ids(reader)).toEqual([52, 2]);
    reader.read(all);
    reader.stop();
    await answer();
    expect(ids(reader)).toEqual([52, 2]);
  });

  it("shows what came since, and how older operations stand now, all at once", async () => {
    const rows = [...longHistory(120)];
    const { log, answer } = makeLog(rows);
    const reader = new HistoryReader(log);
    reader.read(all);
    reader.follow("one run");
    await answer();
    reader.more();
    await answer();
    expect(ids(reader)).toEqual(range(120, 21));
    rows[60] = { ...rows[60]!, isHidden: true };
    for (let id = 121; id <= 190; id++) rows.unshift(operation(id, "file:new.md", put("added", 1)));
    reader.follow("one run");
    await answer();
    expect(ids(reader)[0]).toBe(120);
    reader.follow("another run");
    await answer(1);
    expect(ids(reader)[0]).toBe(120);
    await answer();
    expect(ids(reader).slice(0, 170)).toEqual(range(190, 21));
    expect(reader.state().rows.filter(({ isHidden }) => isHidden)).toHaveLength(1);
    expect(reader.state().count).toEqual({ matches: 190, isComplete: true });
  });

  it("keeps the lower part of a very long list, unless more came than joins it", async () => {
    const rows = [...longHistory(4_000)];
    const { log, answer } = makeLog(rows, 1_000);
    const reader = new HistoryReader(log);
    reader.read(all);
    for (let page = 0; page < 4; page++) {
      await answer();
      reader.more();
    }
    const grow = async (to: number) => {
      for (let id = (rows[0]?.id ?? 0) + 1; id <= to; id++) {
        rows.unshift(operation(id, "file:new.md", put("added", 1)));
      }
      void reader.refresh();
      await answer();
    };
    await grow(4_010);
    expect(ids(reader)).toEqual(range(4_010, 1));
    expect(reader.state().next).toBeNull();
    await grow(8_000);
    expect(ids(reader)).toEqual(range(8_000, 5_001));
    reader.more();
    await answer();
    expect(ids(reader)).toEqual(range(8_000, 4_001));
  });

  it("says when there was no answer, and tries again", async () => {
    const { log, answer } = makeLog([...longHistory(3)]);
    const reader = new HistoryReader(log);
    log.isDown = true;
    reader.read(all);
    await answer();
    expect(reader.state()).toMatchObject({ hasFailed: true, isLoading: false, rows: [] });
    log.isDown = false;
    void reader.refresh();
    await answer();
    expect(ids(reader)).toEqual([3, 2, 1]);
    expect(reader.state().hasFailed).toBe(false);
  });
});

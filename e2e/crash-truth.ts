import assert from "node:assert/strict";
import type { Page } from "@playwright/test";
import type { HistoryRow } from "../src/model/history.ts";
import type { ResourceId } from "../src/model/ids.ts";
import type { RelationGroup } from "../src/model/relations.ts";
import type { Session } from "../src/session/contract.ts";
import { writeNumberOf, writeOf, type EndedWrite } from "./crash-stream.ts";

type Scripted = { readonly strata: Session };

// Not `expect`, each call of which is a step of the test that is kept: the time of a look would grow with the square of the log.

/** Reads the whole log and the whole index, and compares both with each other and with what was acknowledged. */
export async function expectWhole(page: Page, ended: ReadonlyMap<number, EndedWrite>): Promise<void> {
  const log = await page.evaluate(readLog);
  const written = expectWholeLog(log);
  for (const { number, job } of ended.values()) {
    const [coordinate, ...others] = job.status === "COMPLETED" ? job.consistencyToken.coordinates : [];
    assert.deepEqual(others, []);
    const row = written.get(number);
    const place = row && { documentId: row.documentId, scope: row.scope, branch: row.branch };
    assert.deepEqual({ ...place, operationIndex: row?.index }, coordinate, `the place of write ${number}`);
  }
  await expectIndex(page, log);
}

/** Every stream has its indexes without a gap, and every write stands in it whole, and once. Gives them by number. */
function expectWholeLog(log: readonly HistoryRow[]): ReadonlyMap<number, HistoryRow> {
  const lengths = new Map<string, number>();
  const written = new Map<number, HistoryRow>();
  let last = 0;
  for (const row of log) {
    assert.ok(row.id > last, `operation ${row.id} comes after ${last}`);
    last = row.id;
    const stream = JSON.stringify([row.documentId, row.scope, row.branch]);
    assert.deepEqual(
      { index: row.index, skip: row.skip, isHidden: row.isHidden },
      { index: lengths.get(stream) ?? 0, skip: 0, isHidden: false },
      `the next operation of ${stream}`,
    );
    lengths.set(stream, row.index + 1);
    if (row.event.type !== "relationships") continue;
    assert.equal(row.event.left, 0, "relationships that the history does not list");
    const number = writeNumberOf(row.event.listed.map(({ targetId }) => targetId));
    if (number === undefined) continue;
    assert.ok(!written.has(number), `write ${number} stands in the log twice`);
    written.set(number, row);
    expectWrite(row, number);
  }
  return written;
}

function expectWrite({ documentId, event }: HistoryRow, number: number): void {
  const { call, parentId, childIds } = writeOf(number);
  const listed = childIds.map((targetId) => ({ type: "parent-child", targetId, metadata: "" }));
  const change = call === "addChildren" ? "added" : "removed";
  assert.deepEqual(
    { documentId, event },
    { documentId: parentId, event: { type: "relationships", change, listed, left: 0 } },
    `write ${number}`,
  );
}

type Edge = { source: string; target: string; type: string; metadata: unknown };

/** What the log means, told as plainly as possible: a list from which each operation takes or to which it adds. */
function replay(log: readonly HistoryRow[]): readonly Edge[] {
  let edges: Edge[] = [];
  for (const { documentId, event } of log) {
    if (event.type === "document-deleted") {
      edges = edges.filter(({ source, target }) => source !== documentId && target !== documentId);
    }
    if (event.type !== "relationships") continue;
    for (const { targetId, type, metadata } of event.listed) {
      const is = (edge: Edge) => edge.source === documentId && edge.target === targetId && edge.type === type;
      const present = edges.find(is);
      const value: unknown = metadata === "" ? null : JSON.parse(metadata);
      if (event.change === "removed") edges = edges.filter((edge) => !is(edge));
      else if (event.change === "updated" && present !== undefined) present.metadata = value;
      else if (event.change === "added" && present === undefined) {
        edges.push({ source: documentId, target: targetId, type, metadata: value });
      }
    }
  }
  return edges;
}

async function expectIndex(page: Page, log: readonly HistoryRow[]): Promise<void> {
  const edges = replay(log);
  // Each source tells all that it has; from the other side the last 40 are asked, since a write makes a new target.
  const named = [...log.map(({ documentId }) => documentId), ...edges.slice(-40).map(({ target }) => target)];
  const ids = [...new Set(named)] as ResourceId[];
  const indexed = await page.evaluate(readRelations, ids);
  const outgoing = (id: string) => edges.filter(({ source }) => source === id);
  const incoming = (id: string) => edges.filter(({ target }) => target === id);
  for (const [n, id] of ids.entries()) {
    const expected = [
      ...outgoing(id).map(({ type, target, metadata }) => ["outgoing", type, target, metadata]),
      ...incoming(id).map(({ type, source, metadata }) => ["incoming", type, source, metadata]),
    ];
    const groups = indexed[n] ?? [];
    const found = groups.flatMap(({ direction, type, relations }) =>
      relations.map(({ other, metadata }) => [direction, type, other, metadata]),
    );
    // The order within a group is that of the log, and the sort keeps it.
    assert.deepEqual(byGroup(found), byGroup(expected), `the relationships of ${id}`);
  }
}

function byGroup(relations: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  const name = ([direction, type]: readonly unknown[]) => `${String(direction)} ${String(type)}`;
  return relations.toSorted((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0));
}

/** Runs in the page: all operations, the oldest first, while nothing is written. */
async function readLog(): Promise<readonly HistoryRow[]> {
  const { strata } = globalThis as unknown as Scripted;
  const rows: HistoryRow[] = [];
  let before: number | null = null;
  do {
    const part = await strata.history({ documentId: null, search: "" }, before);
    if (part === undefined) throw new Error("the history has no answer");
    rows.push(...part.rows);
    before = part.next;
  } while (before !== null);
  const summary = await strata.projectSummary();
  if (summary?.operations !== rows.length) {
    throw new Error(`${rows.length} operations were read of ${summary?.operations}`);
  }
  return rows.reverse();
}

/** Runs in the page: the whole groups of each document. */
async function readRelations(ids: readonly ResourceId[]): Promise<readonly (readonly RelationGroup[])[]> {
  const { strata } = globalThis as unknown as Scripted;
  const all: (readonly RelationGroup[])[] = [];
  for (const id of ids) {
    const groups: RelationGroup[] = [];
    for (const first of (await strata.relations(id))?.groups ?? []) {
      const relations = [...first.relations];
      while (relations.length < first.total) {
        const { direction, type } = first;
        const part = { direction, type, after: relations.at(-1)!.id };
        const more = (await strata.relations(id, part))?.groups[0]?.relations ?? [];
        if (more.length === 0) throw new Error(`the ${type} of ${id} end before ${first.total}`);
        relations.push(...more);
      }
      groups.push({ ...first, relations });
    }
    all.push(groups);
  }
  return all;
}

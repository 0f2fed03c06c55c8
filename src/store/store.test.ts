import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Artifact } from "../model/artifact.ts";
import {
  asContentHash,
  asJobId,
  asProjectId,
  asResourceId,
  asSitePath,
  asTaskKey,
  type ProjectId,
} from "../model/ids.ts";
import type { OutputRecord, TaskEvent } from "../model/output.ts";
import type { RunRow } from "../model/view-rows.ts";
import { compareNames } from "../base/byte-order.ts";
import { collectable, findMade, forgetArtifacts, forgetMade, type Made } from "./artifacts.ts";
import { getGraphSnapshot, listGraphSnapshots, putGraphSnapshot } from "./graph-snapshots.ts";
import { endInterruptedRuns, finishRun, forgetOldRuns, loadRuns, loadTaskEvents, startRun } from "./jobs.ts";
import type { Store } from "./open-store.ts";
import { openTestStore } from "./testing/open-test-store.ts";
import { commitOutputs, type OutputCommit } from "./outputs.ts";
import { deleteProject, listProjects, putProject, tablesOfProject } from "./projects.ts";
import { loadOutputs, loadSources, putSources } from "./resources.ts";

let store: Store;
let projects = 0;

beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

/** A project that no other test uses. */
const newProject = (): ProjectId => asProjectId(`project ${++projects}`);
const hash = (n: number) => n.toString(16).padStart(16, "0");
const artifact = (n: number): Artifact => ({ hash: asContentHash(hash(n)), size: n, type: "text/html" });
const made = (n: number): Made => ({ taskKey: asTaskKey(hash(n)), artifact: artifact(n), problems: [] });
const commit = (projectId: ProjectId, parts: Partial<OutputCommit>) =>
  commitOutputs(store, projectId, { upserts: [], removals: [], events: [], made: [], ...parts });

function output(id: string, parts: Partial<OutputRecord> = {}): OutputRecord {
  return {
    id: asResourceId(id),
    kind: "page",
    status: "DONE",
    sitePath: asSitePath(`${id}.html`),
    artifact: artifact(1),
    taskKey: asTaskKey(hash(1)),
    parts: [{ label: "content of a.md", value: "x" }],
    problems: [],
    fault: null,
    culprits: [],
    cause: "new",
    durationMs: 1.25,
    ...parts,
  };
}

function event(jobId: string, resourceId: string, scheduleIndex: number): TaskEvent {
  return {
    jobId: asJobId(jobId),
    resourceId: asResourceId(resourceId),
    outcome: "built",
    place: {
      scheduleIndex,
      generation: 1,
      generationOrder: 2,
      generationSize: 3,
      planSignature: "00000000000000aa",
    },
    worker: null,
    startedAt: 1_700_000_000_000.5,
    durationMs: 2.5,
    bytes: 3,
    cause: "content of a.md changed",
  };
}

function run(key: string, startedAt: number, endedAt: number | null): RunRow {
  return {
    key,
    phase: endedAt === null ? "building" : "done",
    startedAt,
    endedAt,
    total: 3,
    settled: 2,
    built: 1,
    reused: 1,
    failed: 0,
    poisoned: 0,
    bytesOut: 10,
    rate: 0.5,
    timeLeft: 12,
    phaseMs: { scanning: 1.5 },
    signature: null,
  };
}

const fault = fc.record({
  code: fc.string(),
  severity: fc.constantFrom("error" as const, "warning" as const),
  message: fc.string({ unit: "binary" }),
  remedy: fc.string(),
});
/** Names as hostile as a folder can hold: quotes, NUL, halves of surrogate pairs, 4 kB. */
const hostileName = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.constantFrom(
    "a\0b",
    "\ud800",
    "it's",
    "\\.",
    '","',
    "\u0001\u0002",
    "x".repeat(4000),
    `${"é".repeat(3000)}!`,
  ),
);
const outputs = fc.uniqueArray(
  fc.record({
    id: hostileName.map(asResourceId),
    kind: fc.constantFrom("page" as const, "variant" as const),
    status: fc.constantFrom("DONE" as const, "FAILED" as const, "POISONED" as const),
    sitePath: fc.option(hostileName.map(asSitePath)),
    artifact: fc.option(fc.nat().map(artifact)),
    taskKey: fc.option(fc.nat().map((n) => asTaskKey(hash(n)))),
    parts: fc.array(fc.record({ label: fc.string({ unit: "binary" }), value: fc.string() })),
    problems: fc.constant([]),
    fault: fc.option(fault),
    culprits: fc.array(hostileName.map(asResourceId), { maxLength: 3 }),
    cause: fc.string({ unit: "binary" }),
    durationMs: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 })),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
);

describe("outputs", () => {
  it("[S6] gives back exactly what a series of commits left, whatever the names", async () => {
    const batches = fc.array(fc.record({ upserts: outputs, drop: fc.array(fc.nat(20), { maxLength: 5 }) }), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(batches, async (commits) => {
        const projectId = newProject();
        const model = new Map<string, OutputRecord>();
        for (const { upserts, drop } of commits) {
          const known = [...model.values()];
          const removals = drop.flatMap((n) => known[n]?.id ?? []);
          await commit(projectId, { upserts, removals });
          for (const id of removals) model.delete(id);
          for (const record of upserts) model.set(record.id, record);
        }
        const expected = [...model.values()].toSorted((a, b) => compareNames(a.id, b.id));
        const loaded = await loadOutputs(store, projectId);
        expect(loaded.toSorted((a, b) => compareNames(a.id, b.id))).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it("[S6] lists ordinary ids by their UTF-8 bytes, not by a language's alphabet", async () => {
    const projectId = newProject();
    const ids = ["b", "B", "a", "é", "z", "\uff5a", "🌍", "a b", "a-b"];
    await commit(projectId, { upserts: ids.map((id) => output(id)) });
    const loaded = await loadOutputs(store, projectId);
    expect(loaded.map(({ id }) => id)).toEqual(ids.toSorted(compareNames));
  });

  it("[S7] leaves nothing of a commit that fails in the middle", async () => {
    const projectId = newProject();
    await commit(projectId, { upserts: [output("a")], made: [made(40)] });
    const twice = [output("b"), output("b")];
    await expect(
      commit(projectId, { upserts: twice, removals: [asResourceId("a")], made: [made(41)] }),
    ).rejects.toThrow("a second time");
    expect((await loadOutputs(store, projectId)).map(({ id }) => id)).toEqual(["a"]);
    expect([
      ...(await findMade(store, projectId, [asTaskKey(hash(40)), asTaskKey(hash(41))])).keys(),
    ]).toEqual([hash(40)]);
  });

  it("[S6] writes 12,000 outputs in one commit", async () => {
    const projectId = newProject();
    const upserts = Array.from({ length: 12_000 }, (_, n) => output(`page:${n}`, { artifact: artifact(n) }));
    await commit(projectId, { upserts });
    expect(await loadOutputs(store, projectId)).toHaveLength(12_000);
    await commit(projectId, { removals: upserts.slice(1).map(({ id }) => id) });
    expect(await loadOutputs(store, projectId)).toEqual([upserts[0]]);
    await deleteProject(store, projectId);
  }, 30_000);
});

describe("artifacts", () => {
  it("[S8] finds what a task key gave in any project, and nothing for other keys", async () => {
    const [one, other] = [newProject(), newProject()];
    const problem = { ...asFault("x"), path: "a.md", line: null } as Made["problems"][number];
    await commit(one, {
      made: [
        { ...made(50), problems: [problem] },
        { ...made(51), artifact: null },
      ],
    });
    await commit(other, { made: [{ ...made(50), problems: [problem] }] });
    const keys = [50, 51, 52].map((n) => asTaskKey(hash(n)));
    expect([...(await findMade(store, one, keys))]).toEqual([
      [hash(50), { artifact: artifact(50), problems: [problem] }],
      [hash(51), { artifact: null, problems: [] }],
    ]);
    await forgetMade(store, [asTaskKey(hash(50))]);
    expect([...(await findMade(store, one, keys)).keys()]).toEqual([hash(51)]);
  });

  it("[S9] may collect an artifact once no output and no remembered task of any project has it", async () => {
    const [one, other] = [newProject(), newProject()];
    const isCollectable = async () => (await collectable(store)).includes(asContentHash(hash(60)));
    await commit(one, { upserts: [output("a", { artifact: artifact(60) })] });
    await commit(other, { made: [made(60)] });
    expect(await isCollectable()).toBe(false);
    await commit(one, { removals: [asResourceId("a")] });
    expect(await isCollectable()).toBe(false);
    await forgetArtifacts(store, [asContentHash(hash(60))]);
    expect((await findMade(store, one, [asTaskKey(hash(60))])).size).toBe(1);
    await deleteProject(store, other);
    expect(await isCollectable()).toBe(true);
    await forgetArtifacts(store, [asContentHash(hash(60))]);
    expect(await isCollectable()).toBe(false);
  });
});

describe("projects", () => {
  it("[S10] keeps the day of creation, and lists the last opened first", async () => {
    const [one, other] = [newProject(), newProject()];
    await putProject(store, { projectId: one, name: "Notes" }, 1_000);
    await putProject(store, { projectId: other, name: "Site" }, 2_000);
    await putProject(store, { projectId: one, name: "Notes, renamed" }, 3_000);
    expect(await listProjects(store)).toEqual([
      { projectId: one, name: "Notes, renamed", createdAt: 1_000, openedAt: 3_000 },
      { projectId: other, name: "Site", createdAt: 2_000, openedAt: 2_000 },
    ]);
  });

  it("[S10] deletes every row of a project and none of another", async () => {
    const [gone, kept] = [newProject(), newProject()];
    for (const projectId of [gone, kept]) await fill(projectId);
    const before = await countRows(kept);
    expect(Object.values(before).every((rows) => rows > 0)).toBe(true);
    await deleteProject(store, gone);
    expect(Object.values(await countRows(gone)).every((rows) => rows === 0)).toBe(true);
    expect(await countRows(kept)).toEqual(before);
  });

  it("[S10] names every table that has rows of projects", async () => {
    const tables = await store.db.introspection.getTables();
    const withProject = tables.filter(({ columns }) => columns.some(({ name }) => name === "project_id"));
    expect(withProject.map(({ name }) => name).toSorted()).toEqual(tablesOfProject.toSorted());
  });
});

describe("runs", () => {
  it("[S11] gives the last runs, the newest first, and what each task of a run came to", async () => {
    const projectId = newProject();
    for (const n of [1, 2, 3]) await startRun(store, projectId, run(`job ${n}`, n, null));
    await finishRun(store, projectId, run("job 2", 2, 9));
    expect(await loadRuns(store, projectId, 2)).toEqual([run("job 3", 3, null), run("job 2", 2, 9)]);
    const events = [event("job 2", "b", 0), event("job 2", "a", 1)];
    await commit(projectId, { events: [...events, event("job 3", "a", 0)] });
    expect(await loadTaskEvents(store, projectId, asJobId("job 2"))).toEqual(events);
    const failed = { ...event("job 2", "a", 1), outcome: "failed" as const, worker: 3 };
    await commit(projectId, { events: [event("job 2", "a", 1), failed] });
    expect(await loadTaskEvents(store, projectId, asJobId("job 2"))).toEqual([events[0], failed]);
  });

  it("[S11] ends as cancelled what a killed tab left running", async () => {
    const projectId = newProject();
    await startRun(store, projectId, run("killed", 1, null));
    await finishRun(store, projectId, run("finished", 2, 5));
    await endInterruptedRuns(store, projectId, 7);
    expect(await loadRuns(store, projectId, 9)).toEqual([
      run("finished", 2, 5),
      { ...run("killed", 1, null), phase: "cancelled", endedAt: 7, timeLeft: null },
    ]);
  });

  it("[S11] forgets all but the last runs", async () => {
    const projectId = newProject();
    for (const n of [1, 2, 3]) await finishRun(store, projectId, run(`job ${n}`, n, n + 1));
    await commit(projectId, { events: [event("job 1", "a", 0), event("job 3", "a", 0)] });
    expect(await forgetOldRuns(store, projectId, 2)).toEqual(["job 1"]);
    expect(await forgetOldRuns(store, projectId, 2)).toEqual([]);
    expect((await loadRuns(store, projectId, 9)).map(({ key }) => key)).toEqual(["job 3", "job 2"]);
    expect(await loadTaskEvents(store, projectId, asJobId("job 1"))).toEqual([]);
    expect(await loadTaskEvents(store, projectId, asJobId("job 3"))).toHaveLength(1);
  });
});

describe("graph snapshots", () => {
  it("[S12] keeps one for each signature, and numbers them", async () => {
    const projectId = newProject();
    const first = { signature: "s1", nodes: ["b", "a"], edges: [[0, 1]], diagnostics: { z: 1, a: "\0" } };
    expect(await putGraphSnapshot(store, projectId, first, 10)).toBe(1);
    expect(await putGraphSnapshot(store, projectId, { ...first, signature: "s2" }, 20)).toBe(2);
    expect(await putGraphSnapshot(store, projectId, first, 30)).toBe(1);
    expect(await listGraphSnapshots(store, projectId)).toEqual([
      { signature: "s1", version: 1, createdAt: 10 },
      { signature: "s2", version: 2, createdAt: 20 },
    ]);
    const kept = await getGraphSnapshot(store, projectId, "s1");
    expect(kept).toEqual({ ...first, version: 1, createdAt: 10 });
    expect(Object.keys(Object(kept?.diagnostics))).toEqual(["z", "a"]);
    expect(await getGraphSnapshot(store, projectId, "s3")).toBeUndefined();
  });

  it("[S12] keeps the newest twenty of a project, the one that was put last among them", async () => {
    const [projectId, other] = [newProject(), newProject()];
    const put = (of: ProjectId, n: number) =>
      putGraphSnapshot(store, of, { signature: `s${n}`, nodes: [], edges: [], diagnostics: {} }, n);
    const versions = async () => (await listGraphSnapshots(store, projectId)).map(({ version }) => version);
    await put(other, 1);
    for (let n = 1; n <= 25; n++) expect(await put(projectId, n)).toBe(n);
    expect(await versions()).toEqual(Array.from({ length: 20 }, (_, i) => i + 6));
    expect(await put(projectId, 6)).toBe(6);
    expect(await put(projectId, 1)).toBe(26);
    expect((await versions()).at(-1)).toBe(26);
    expect(await getGraphSnapshot(store, projectId, "s1")).toMatchObject({ version: 26, createdAt: 1 });
    expect(await listGraphSnapshots(store, other)).toHaveLength(1);
  });
});

describe("transactions", () => {
  it("[S3] take turns: none sees another half done", async () => {
    const projectId = newProject();
    await putProject(store, { projectId, name: "0" }, 0);
    const increment = () =>
      store.transaction(async (db) => {
        const of = db.selectFrom("project").select("name").where("project_id", "=", projectId);
        const { name } = await of.executeTakeFirstOrThrow();
        await db
          .updateTable("project")
          .set({ name: String(Number(name) + 1) })
          .where("project_id", "=", projectId)
          .execute();
      });
    const reads = Array.from({ length: 20 }, () =>
      Promise.all([increment(), store.read(async () => undefined)]),
    );
    await Promise.all(reads);
    const rows = await listProjects(store);
    expect(rows.find((row) => row.projectId === projectId)?.name).toBe("20");
  });

  it("[S3] go on after one that failed", async () => {
    await expect(store.transaction(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await expect(
      store.transaction((db) => db.insertInto("schema_version").values({ version: 1, name: "" }).execute()),
    ).rejects.toThrow("duplicate key");
    expect(await store.read((db) => db.selectFrom("schema_version").selectAll().execute())).not.toEqual([]);
  });
});

describe("sources", () => {
  it("[S6] keeps files apart from outputs of the same project", async () => {
    const projectId = newProject();
    const source = fileRecord("notes/a.md");
    await store.transaction((db) => putSources(db, projectId, [source]));
    await commit(projectId, { upserts: [output("page:notes/a.md")] });
    expect(await loadSources(store, projectId)).toEqual([source]);
    expect(await loadOutputs(store, projectId)).toHaveLength(1);
  });
});

function fileRecord(path: string): Parameters<typeof putSources>[2][number] {
  return {
    path: path as never,
    kind: "document",
    size: 12,
    modified: 1_700_000_000_000.25,
    contentHash: asContentHash(hash(7)),
    scanVersion: 1,
    facts: { type: "image", format: "png", width: 1, height: 2, orientation: 1, animated: false },
    fault: asFault("unreadable"),
    problems: [{ ...asFault("odd"), path: path as never, line: 3 }],
  };
}

function asFault(code: string) {
  return { code, severity: "warning" as const, message: "m\n", remedy: "r" };
}

/** One row at least in every table of a project. */
async function fill(projectId: ProjectId): Promise<void> {
  await putProject(store, { projectId, name: "full" }, 1);
  await startRun(store, projectId, run("job", 1, null));
  await commit(projectId, { upserts: [output("a")], events: [event("job", "a", 0)], made: [made(70)] });
  await putGraphSnapshot(store, projectId, { signature: "s", nodes: [], edges: [], diagnostics: [] }, 1);
  await store.transaction(async (db) => {
    const project_id = projectId;
    const place = { document_id: "a", scope: "document", branch: "main", index: 0, skip: 0 };
    const copy = { action_id: crypto.randomUUID(), sequence: 0, following: 0 };
    await db
      .insertInto("operation")
      .values({ project_id, ...place, ...copy, type: "DELETE_DOCUMENT", input: "{}", hash: hash(1), time: 1 })
      .execute();
    const ends = { source_id: "a", target_id: "b", type: "embeds", metadata: "null" };
    const times = { operation_id: 1, position: 0, created_at: 1, updated_at: 1 };
    await db
      .insertInto("document_relationship")
      .values({ project_id, branch: "main", ...ends, ...times })
      .execute();
    await db.insertInto("log_clock").values({ project_id, time: 1, sequence: 1 }).execute();
    const last = { last_operation_id: 1, last_operation_time: 1 };
    await db
      .insertInto("indexer_state")
      .values({ project_id, branch: "main", ...last, last_operation_sequence: 1 })
      .execute();
    await db
      .insertInto("write_job")
      .values({ project_id, id: crypto.randomUUID(), kind: "load", outcome: "{}", settled_at: 1 })
      .execute();
  });
}

async function countRows(projectId: ProjectId): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const table of tablesOfProject) {
    const rows = await store.read((db) =>
      db.selectFrom(table).selectAll().where("project_id", "=", projectId).execute(),
    );
    counts[table] = rows.length;
  }
  return counts;
}

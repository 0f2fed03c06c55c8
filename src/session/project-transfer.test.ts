import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { TestFolder } from "../host/testing/test-folder.ts";
import { openTestHost, type TestHost } from "../host/testing/test-host.ts";
import type { ImportedOperation, Operation } from "../model/operation.ts";
import type { CommandOf, CommandType, Reply } from "../model/wire.ts";
import { fileId } from "../model/resource.ts";
import type { Fault } from "../base/fault.ts";
import { openProjectFile } from "../project/portable/open-project-file.ts";
import { appVersion, ask, mergeProjectFile, writeProject, type TransferParts } from "./project-transfer.ts";

const never = new AbortController().signal;
/** Far behind all that these tests do. */
const now = 4_000_000_000_000;

function partsOf(browser: TestHost, signal: AbortSignal = never): TransferParts {
  const link = {
    command: <T extends CommandType>(command: CommandOf<T>) => browser.host.command<T>(command),
  };
  return { link, artifacts: browser.stores.artifacts, signal };
}

async function exportFrom(
  browser: TestHost,
  content: "history" | "everything" = "everything",
): Promise<Blob> {
  const { projectId } = browser;
  const summary = await ask(partsOf(browser), { type: "project-summary", projectId });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const job = { projectId, name: "test", summary, content, now, onProgress: () => {} };
  const [blob] = await Promise.all([
    new Response(readable).blob(),
    writeProject(writable, job, partsOf(browser)),
  ]);
  return blob;
}

async function importInto(browser: TestHost, blob: Blob, as: "outputs" | "memory" = "outputs") {
  const { projectId } = browser;
  await browser.open();
  const file = await openProjectFile(blob, "test.strata.zip", { now });
  const merged = await mergeProjectFile(file, { projectId, as }, partsOf(browser));
  if (as === "outputs") {
    await ask(partsOf(browser), { type: "recall", projectId, settings: file.header.settings });
  }
  return merged;
}

async function logOf(browser: TestHost): Promise<readonly Operation[]> {
  const { projectId } = browser;
  const page = await ask(partsOf(browser), { type: "log-page", projectId, after: 0, until: 1e9 });
  return page.operations;
}

const actions = (log: readonly Operation[]) =>
  log.map(({ documentId, index, skip, action }) => ({ documentId, index, skip, action }));
const edges = (browser: TestHost) => [...browser.views.edge.keys()].toSorted();

function notes(): TestFolder {
  const folder = new TestFolder();
  folder.write("strata.yaml", "title: Notes\nimages:\n  widths: [100]\n");
  folder.write(
    "index.md",
    "---\ntags: [a, {deep: 1}]\n---\n# Home\n\n[[b]] ![[c#Part]] <b id=x>x</b> ^block\n",
  );
  folder.write("sub/b.md", "# B\n\n[home](../index.md) [[nowhere]]\n");
  folder.write("c.md", "# C\n\n## Part\n\nText.\n");
  folder.write("x.pdf", "PDF");
  return folder;
}

it("[N13] a project is the same in the browser that imports it, before its folder is there and after", async () => {
  const [here, there] = [await openTestHost(), await openTestHost()];
  const folder = notes();
  await here.build(folder);
  expect(await importInto(there, await exportFrom(here))).toMatchObject({ refused: new Map() });
  expect(actions(await logOf(there))).toEqual(actions(await logOf(here)));
  expect(edges(there)).toEqual(edges(here));
  expect(edges(there).length).toBeGreaterThan(4);
  expect(there.statuses()).toEqual(here.statuses());
  expect(await there.site()).toEqual(await here.site());
  expect(there.problems()).toEqual(here.problems());

  // Once the same folder is chosen, nothing is built anew.
  const log = await logOf(there);
  await there.closeProject();
  const before = there.ran.length;
  expect(await there.build(folder)).toMatchObject({ phase: "done", built: 0, failed: 0 });
  // Its files are read, for only their bytes can tell that it is the same; and once is enough.
  expect(there.ran.slice(before).toSorted()).toEqual(folder.paths().map(fileId).toSorted());
  await there.closeProject();
  await there.build(folder);
  expect(there.ran.slice(before)).toHaveLength(folder.paths().length);
  expect(await logOf(there)).toEqual(log);
  expect(await there.site()).toEqual(await here.site());
});

it("[N13] leaves the finished files out where the person wants it so", async () => {
  const [here, there] = [await openTestHost(), await openTestHost()];
  await here.build(notes());
  await importInto(there, await exportFrom(here, "history"));
  expect(edges(there)).toEqual(edges(here));
  expect(await there.site()).toEqual(new Map());
  expect(await there.stores.artifacts.list()).toEqual([]);
  expect(await there.build(notes())).toMatchObject({ phase: "done", failed: 0 });
  expect(await there.site()).toEqual(await here.site());
});

it("[N14] importing again changes nothing, and completes what was cut off", async () => {
  const [here, there] = [await openTestHost(), await openTestHost()];
  await here.build(notes());
  const blob = await exportFrom(here);
  const file = await openProjectFile(blob, "test.strata.zip", { now });
  for (const steps of [0, 1, 2]) {
    await there.open();
    const cut = cutOff(partsOf(there), steps);
    await expect(mergeProjectFile(file, { projectId: there.projectId, as: "outputs" }, cut)).rejects.toThrow(
      "cut off",
    );
  }
  await importInto(there, blob);
  const log = await logOf(there);
  expect(actions(log)).toEqual(actions(await logOf(here)));
  expect(await importInto(there, blob)).toMatchObject({ appended: 0 });
  expect(await logOf(there)).toEqual(log);
  expect(await there.site()).toEqual(await here.site());
});

/** An engine that is gone after a number of commands. */
function cutOff(parts: TransferParts, commands: number): TransferParts {
  let left = commands;
  const command = async <T extends CommandType>(asked: CommandOf<T>): Promise<Reply<T>> => {
    if (left-- <= 0) throw new Error("cut off");
    return parts.link.command<T>(asked);
  };
  return { ...parts, link: { command } };
}

it("[N14] bytes of an import that was given up are freed by a later collection", async () => {
  const [here, there] = [await openTestHost(), await openTestHost()];
  await here.build(notes());
  const file = await openProjectFile(await exportFrom(here), "test.strata.zip", { now });
  await there.open();
  const cut = cutOff(partsOf(there), 1);
  await expect(mergeProjectFile(file, { projectId: there.projectId, as: "outputs" }, cut)).rejects.toThrow(
    "cut off",
  );
  expect((await there.stores.artifacts.list()).length).toBeGreaterThan(3);
  await there.deleteProject();
  expect(await there.stores.artifacts.list()).toEqual([]);
});

it("[N15] names the documents whose history cannot be merged, and merges the others", async () => {
  const [here, there] = [await openTestHost(), await openTestHost()];
  await here.build(notes());
  await there.open();
  const file = await openProjectFile(await exportFrom(here), "test.strata.zip", { now });
  const refusing = refuse(partsOf(there), (operation) => operation.documentId === "file:c.md");
  const merged = await mergeProjectFile(file, { projectId: there.projectId, as: "outputs" }, refusing);
  expect([...merged.refused.keys()]).toEqual(["file:c.md"]);
  const wanted = (await logOf(here)).filter(({ documentId }) => documentId !== "file:c.md");
  const names = (log: readonly Operation[]) =>
    log.map(({ documentId, scope, index }) => JSON.stringify([documentId, scope, index])).toSorted();
  expect(names(await logOf(there))).toEqual(names(wanted));
});

/** An engine that finds that some streams went too far another way. */
function refuse(parts: TransferParts, isExcessive: (operation: ImportedOperation) => boolean): TransferParts {
  const fault: Fault = { code: "excessive-reshuffle", severity: "error", message: "Too far.", remedy: "No." };
  const command = async <T extends CommandType>(asked: CommandOf<T>): Promise<Reply<T>> =>
    "operations" in asked && asked.operations.some(isExcessive)
      ? { ok: false, fault }
      : parts.link.command<T>(asked);
  return { ...parts, link: { command } };
}

/** The notes with another text in one of them; the size of the file is the same, and so is its time. */
function notesWith(word: "Text" | "Next"): TestFolder {
  const folder = notes();
  folder.write("c.md", `# C\n\n## Part\n\n${word}.\n`);
  return folder;
}

it("[N16] a folder whose files have other bytes of the same size and time is built as it is", async () => {
  const [here, there] = [await openTestHost(), await openTestHost()];
  await here.build(notesWith("Text"));
  await importInto(there, await exportFrom(here));
  await there.closeProject();
  await there.build(notesWith("Next"));
  await here.closeProject();
  await here.deleteProject();
  await here.build(notesWith("Next"));
  expect((await there.site()).get("c.html")).toContain("Next.");
  expect(await there.site()).toEqual(await here.site());
});

it("[N16] a folder that was read before a merge and is opened again after it has the last word", async () => {
  const [here, there] = [await openTestHost(), await openTestHost()];
  await here.build(notesWith("Text"));
  const site = await here.site();
  await importInto(there, await exportFrom(here, "history"));
  await there.build(notesWith("Next"));
  await importInto(here, await exportFrom(there), "memory");
  await here.closeProject();
  await here.build(notesWith("Text"));
  expect(await here.site()).toEqual(site);
});

it("[N16] what the log says of a file is compared with all that its bytes say", async () => {
  const [here, there] = [await openTestHost(), await openTestHost()];
  await here.build(notes());
  const honest = edges(here);
  const own = (await logOf(here)).filter(
    (one) => one.documentId === "file:index.md" && one.scope === "source",
  );
  const [first] = own;
  if (first?.action.type !== "PUT_SOURCE") throw new Error("The first operation of a file puts it.");
  const source = { ...first.action.source, facts: { type: "other" as const } };
  const actionId = "00000000-0000-4000-8000-00000000000f" as typeof first.actionId;
  const lie = { ...first, index: own.length, actionId, time: first.time + 60_000 };
  const operations = [...own, { ...lie, action: { ...first.action, source } }].map(
    ({ id: _id, projectId: _projectId, ...operation }) => operation,
  );
  for (const browser of [here, there]) {
    await browser.open();
    await ask(partsOf(browser), { type: "load", projectId: browser.projectId, operations });
    await browser.build(notes());
    expect(edges(browser)).toEqual(honest);
  }
});

it("[N16] the folder here has the last word over what the log of another browser says of it", async () => {
  const [here, there] = [await openTestHost(), await openTestHost()];
  const folder = notes();
  await here.build(folder);
  const site = await here.site();
  const other = notes();
  other.write("c.md", "# C\n\n## Part\n\nOther text. [[b]]\n");
  other.write("only-there.md", "# Only there\n");
  await there.build(other);
  await importInto(here, await exportFrom(there), "memory");
  const command = { type: "build", projectId: here.projectId, root: null, force: false } as const;
  expect((await ask(partsOf(here), command)).run).toMatchObject({ phase: "done", failed: 0 });
  expect(await here.site()).toEqual(site);
  const fresh = await openTestHost();
  await fresh.build(folder);
  expect(edges(here)).toEqual(edges(fresh));
});

it("[N18] browsers that import the same files in any order show the same graph, and lose nothing that either did", async () => {
  const [here, there] = [await openTestHost(), await openTestHost()];
  const [folder, other] = [notes(), notes()];
  await here.build(folder);
  await importInto(there, await exportFrom(here, "history"));
  await there.closeProject();
  folder.write("c.md", "# C\n\n## Part\n\n[[index]]\n");
  other.write("c.md", "# C\n\n## Part\n\n[[b]] ![[x.pdf]]\n");
  other.remove("sub/b.md");
  await here.build(folder);
  await there.build(other);
  const [first, second] = [await exportFrom(here, "history"), await exportFrom(there, "history")];
  const [one, two] = [await openTestHost(), await openTestHost()];
  for (const blob of [first, second]) await importInto(one, blob);
  for (const blob of [second, first, second]) await importInto(two, blob);
  expect(edges(one)).toEqual(edges(two));
  expect(edges(one)).not.toEqual(edges(here));
  const known = async (browser: TestHost) => new Set((await logOf(browser)).map(({ actionId }) => actionId));
  const all = new Set([...(await known(here)), ...(await known(there))]);
  expect(await known(one)).toEqual(all);
  expect(await known(two)).toEqual(all);
});

it("[N17] the project file names the version of the app that package.json has", () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };
  expect(appVersion).toBe(version);
});

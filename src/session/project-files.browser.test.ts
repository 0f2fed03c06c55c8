import { beforeEach, expect, it } from "vitest";
import type { ProjectId } from "../model/ids.ts";
import type { Command, CommandOf, CommandType, Reply } from "../model/wire.ts";
import { Library, type KeptProject } from "../project/library.ts";
import { outputOf, projectId, written } from "../project/portable/project-file.test-kit.ts";
import { ProjectFiles } from "./project-files.ts";
import { SessionStore } from "./session-store.ts";

const fault = { code: "disk-full", severity: "error", message: "No.", remedy: "Yes." } as const;

/** The far end of the wire: notes what it is asked, and holds or refuses what the file brings. */
class TestEngine {
  readonly asked: string[] = [];
  refuses = false;
  hold: Promise<void> = Promise.resolve();

  readonly command = async <T extends CommandType>(command: CommandOf<T>) =>
    (await this.#answer(command)) as Reply<T>;

  async #answer({ type }: Command): Promise<Reply<CommandType>> {
    this.asked.push(type);
    if (type !== "adopt-outputs") return { ok: true, value: {} };
    await this.hold;
    return this.refuses ? { ok: false, fault } : { ok: true, value: {} };
  }
}

let engine: TestEngine;
let library: Library;
let cutOff: ProjectId[];
let file: File;
beforeEach(async () => {
  engine = new TestEngine();
  library = new Library();
  for (const record of await library.stores.projects.list()) await library.forget(record.projectId);
  cutOff = [];
  const outputs = [await outputOf("a.html", "<p>a")];
  file = new File([await written({ operations: [], outputs })], "notes.strata.zip");
});

/** One tab; all of a test share the engine and what the browser keeps. */
function openTab(): ProjectFiles {
  const store = new SessionStore("single");
  const onCutOff = (id: ProjectId) => void cutOff.push(id);
  return new ProjectFiles({ link: engine, library, store, engineMet: Promise.resolve(), onCutOff });
}

const known: KeptProject = { projectId, name: "notes", origin: "copy", openedAt: 1 };
const kept = async () => (await library.stores.projects.list()).map(({ importing }) => importing ?? false);
const codeOf = (importing: Promise<unknown>) =>
  importing.then(
    () => "done",
    (error: { fault?: { code: string } }) => error.fault?.code,
  );

it("[N22] keeps a new project once it is whole, and leaves nothing of one that failed", async () => {
  engine.refuses = true;
  expect(await codeOf(openTab().import(file))).toBe("disk-full");
  expect(await kept()).toEqual([]);
  expect(engine.asked.at(-1)).toBe("delete-project");
  engine.refuses = false;
  await openTab().import(file);
  expect(await kept()).toEqual([false]);
  expect(cutOff).toEqual([]);
});

it("[N22] imports into a project from one tab at a time, and says so in the other", async () => {
  let release = () => {};
  engine.hold = new Promise((resolve) => (release = resolve));
  const first = openTab().import(file);
  await expect.poll(() => engine.asked).toContain("adopt-outputs");
  expect(await kept()).toEqual([true]);
  expect(await library.list()).toEqual([]);
  expect(await codeOf(openTab().import(file))).toBe("import-under-way");
  await openTab().forgetUnfinished();
  release();
  await first;
  expect(await kept()).toEqual([false]);
  expect(engine.asked).not.toContain("delete-project");
});

it("[N22] clears away at the next start what a killed tab left, and nothing else", async () => {
  const other = { ...known, projectId: "another" as ProjectId };
  await library.keep({ ...known, origin: "import", importing: true });
  await library.keep(other);
  await openTab().forgetUnfinished();
  expect(await library.stores.projects.list()).toEqual([other]);
  expect(engine.asked).toEqual(["delete-project"]);
});

it("[N22] tells of a merge that came to nothing, and leaves the project as it was", async () => {
  await library.keep(known);
  engine.refuses = true;
  expect(await codeOf(openTab().import(file, known))).toBe("disk-full");
  expect(cutOff).toEqual([projectId]);
  expect(await library.stores.projects.list()).toEqual([known]);
  expect(engine.asked).not.toContain("delete-project");
});

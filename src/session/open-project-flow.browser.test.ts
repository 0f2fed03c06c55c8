import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { asProjectId } from "../model/ids.ts";
import type { Command, CommandOf, CommandType, Reply } from "../model/wire.ts";
import { put, testFolder } from "../project/testing/folder.ts";
import { OpenProjectFlow, type FlowParts } from "./open-project-flow.ts";
import { SessionStore } from "./session-store.ts";

const fault = { code: "cancelled", severity: "info", message: "", remedy: "" } as const;

const token = {
  projectId: asProjectId("p"),
  coordinates: [{ documentId: "file:x.md", scope: "source", branch: "main", operationIndex: 0 }],
};
const recorded = { changed: 1, removed: 0, unchanged: 0, token };

/** The far end of the wire: notes what it is asked, and ends a build when it may, or with a cancel. */
class TestEngine {
  readonly asked: Command[] = [];
  holdsBuilds = false;
  endBuild = () => {};
  #listings = 0;

  readonly command: FlowParts["link"]["command"] = async <T extends CommandType>(command: CommandOf<T>) =>
    (await this.#answer(command)) as Reply<T>;

  ofType<T extends CommandType>(type: T): readonly CommandOf<T>[] {
    return this.asked.filter((command): command is CommandOf<T> => command.type === type);
  }

  async #answer(command: Command): Promise<Reply<CommandType>> {
    this.asked.push(command);
    if (command.type === "intake")
      return { ok: true, value: { ...recorded, listing: `${this.#listings++}` } };
    if (command.type === "snapshot") return { ok: true, value: { deltas: [] } };
    if (command.type === "cancel") this.endBuild();
    if (command.type === "build" && this.holdsBuilds) {
      await new Promise<void>((resolve) => (this.endBuild = resolve));
      return { ok: false, fault };
    }
    return { ok: true, value: {} };
  }
}

let folder: Awaited<ReturnType<typeof testFolder>>;
let engine: TestEngine;
let store: SessionStore;
let flow: OpenProjectFlow;
let tokens: unknown[];
beforeEach(async () => {
  folder = await testFolder();
  engine = new TestEngine();
  store = new SessionStore("single");
  tokens = [];
  const parts: FlowParts = {
    link: engine,
    library: { listCopy: () => Promise.reject(new Error("This project is no copy.")) },
    store,
    applySnapshot: () => {},
    onRecorded: (told) => tokens.push(told),
    onBuilt: () => {},
  };
  const { handle } = folder;
  flow = new OpenProjectFlow(parts, {
    projectId: asProjectId("p"),
    name: "p",
    origin: "folder",
    handle,
    openedAt: 0,
  });
});
afterEach(async () => {
  flow.end();
  await folder.remove();
});

/** Longer than a watch gathers changes. */
const watched = () => new Promise((resolve) => setTimeout(resolve, 400));

/** The sizes of the files that an intake tells of. */
const sizes = ({ change }: CommandOf<"intake">) =>
  Object.fromEntries(change.entries.map(({ path, size }) => [path, size]));

it("[N10] lists a change that came during a build of everything, also after that build was cancelled", async () => {
  await put(folder.handle, "x.md", "x");
  await put(folder.handle, "y.md", "y");
  await flow.reopen();
  engine.holdsBuilds = true;
  const forced = flow.build({ force: true });
  await vi.waitFor(() => expect(engine.ofType("build")).toHaveLength(2));
  await put(folder.handle, "x.md", "new x");
  await watched();
  await flow.cancel();
  await forced;
  engine.holdsBuilds = false;
  await watched();
  expect(engine.ofType("build")).toHaveLength(2);
  await put(folder.handle, "y.md", "new y!");
  await vi.waitFor(() => expect(engine.ofType("build")).toHaveLength(3));
  expect(sizes(engine.ofType("intake").at(-1)!)).toEqual({ "x.md": 5, "y.md": 6 });
});

it("[N10] lists a change whose own listing was cut off", async () => {
  await put(folder.handle, "x.md", "x");
  await put(folder.handle, "y.md", "y");
  await flow.reopen();
  engine.holdsBuilds = true;
  const forced = flow.build({ force: true });
  await vi.waitFor(() => expect(engine.ofType("build")).toHaveLength(2));
  await put(folder.handle, ".gitignore", "x.md");
  await watched();
  let cancelled: Promise<void> | undefined;
  store.subscribe(() => {
    if (store.get().intake !== null) cancelled ??= flow.cancel();
  });
  engine.endBuild();
  await forced;
  expect(cancelled).toBeDefined();
  expect(engine.ofType("intake")).toHaveLength(2);
  engine.holdsBuilds = false;
  await put(folder.handle, "y.md", "new y!");
  await vi.waitFor(() => expect(engine.ofType("intake")).toHaveLength(3));
  expect(engine.ofType("intake").at(-1)?.change.removed).toEqual(["x.md"]);
});

it("[N11] asks for no build when only files and folders changed that the project leaves out", async () => {
  await put(folder.handle, ".gitignore", "*.log\nout/");
  await put(folder.handle, "x.md", "x");
  await put(folder.handle, "out/old.md", "old");
  await flow.reopen();
  await put(folder.handle, "x.log", "log");
  await put(folder.handle, "out/deep/new.md", "new");
  await put(folder.handle, "node_modules/m/.gitignore", "!*.log");
  await watched();
  expect(engine.ofType("intake")).toHaveLength(1);
  await put(folder.handle, "x.md", "new x");
  await put(folder.handle, "deep/y.md", "y");
  await vi.waitFor(() => expect(engine.ofType("intake").length).toBeGreaterThan(1));
  await watched();
  const told = engine
    .ofType("intake")
    .slice(1)
    .flatMap((intake) => Object.entries(sizes(intake)));
  expect(Object.fromEntries(told)).toEqual({ "x.md": 5, "deep/y.md": 1 });
});

it("[N20] hands on the token of each intake before the build that follows it", async () => {
  await put(folder.handle, "x.md", "x");
  engine.holdsBuilds = true;
  const opening = flow.reopen();
  await vi.waitFor(() => expect(engine.ofType("build")).toHaveLength(1));
  expect(tokens).toEqual([token]);
  engine.endBuild();
  await opening;
});

import { expect, type BrowserContext, type Page } from "@playwright/test";
import type { ProjectId } from "../src/model/ids.ts";
import type { Session } from "../src/session/contract.ts";
import { test, watchErrors } from "./app.ts";
import { filesIn, projectPath } from "./folder.ts";
import { answerPicker, putPrivateFolder, readPrivateFolder, removePrivateFile } from "./private-folder.ts";
import { randomFrom } from "./random.ts";
import { runAfter, stateOf } from "./session.ts";
import { artifactHashes, readSite, type Site } from "./site.ts";

/** How often something is killed; `npm run bench:crash` asks for more. */
const kills = Number(process.env["STRATA_KILLS"] ?? 50);
/** What the random instants and edits come from. */
const seed = Number(process.env["STRATA_SEED"] ?? Math.floor(Math.random() * 2 ** 32));
/** Kills from one comparison with a build from scratch to the next. */
const lookEvery = Math.max(25, kills / 10);
/** The engine's thread ends once between two ends of the tab: an engine that ends twice in a row stays away. */
const victims = ["task", "engine", "task", "tab"] as const;
const folder = "blog";

type Scripted = { readonly strata: Session };
type Campaign = {
  readonly context: BrowserContext;
  readonly address: string;
  readonly projectId: ProjectId;
  readonly random: () => number;
};

test("ends with what a build from scratch gives, and nothing beside it, however often the tab and its threads are killed", async ({
  openApp,
  openOther,
  context,
  server,
}) => {
  test.setTimeout(90_000 + kills * 12_000);
  const first = await openApp();
  const projectId = await openProject(first, filesIn(projectPath(folder)));
  const campaign = { context, address: server.address, projectId, random: randomFrom(seed) };
  const scratch = await openOther();
  try {
    let page = first;
    for (let n = 0; n < kills; n++) {
      page = await editBuildAndKill(campaign, page, n);
      if (n % lookEvery === lookEvery - 1 || n === kills - 1) await expectFromScratch(page, scratch);
    }
  } catch (error) {
    process.stderr.write(`The instants and edits came from STRATA_SEED=${seed}.\n`);
    throw error;
  }
});

async function openProject(page: Page, files: Site): Promise<ProjectId> {
  await putPrivateFolder(page, folder, files);
  await answerPicker(page, folder);
  await page.getByRole("button", { name: "Open folder" }).click();
  expect(await runAfter(page, undefined)).toMatchObject({ phase: "done", failed: 0 });
  return (await stateOf(page)).project!.projectId;
}

/** Changes the folder, begins a build, and ends a thread or the tab in the middle of whatever goes on by then. */
async function editBuildAndKill(campaign: Campaign, page: Page, n: number): Promise<Page> {
  await edit(page, campaign.random, n);
  // Never awaited: its end may not come.
  await page.evaluate(() => void (globalThis as unknown as Scripted).strata.build());
  await new Promise((resolve) => setTimeout(resolve, campaign.random() * 800));
  const victim = victims[n % victims.length]!;
  if (victim === "tab") return killTab(campaign, page);
  const thread = page.workers().find((worker) => worker.url().includes(`${victim}.worker`));
  // Never answered. The thread closes itself, of which the page hears no event: the quietest of all ends.
  void thread?.evaluate(() => (globalThis as unknown as { close(): void }).close()).catch(() => {});
  return page;
}

/** One change that has consequences: a text, the bytes of a picture, a file that goes or comes, a setting. */
async function edit(page: Page, random: () => number, n: number): Promise<void> {
  const files = filesIn(projectPath(folder));
  const put = (path: string, bytes: Buffer | undefined) =>
    putPrivateFolder(page, folder, new Map([[path, bytes ?? Buffer.from("")]]));
  const append = (path: string, text: string) =>
    put(path, Buffer.concat([files.get(path)!, Buffer.from(text)]));
  const settings = files.get("strata.yaml")!.toString();
  const set = (setting: RegExp, value: string) =>
    put("strata.yaml", Buffer.from(settings.replace(setting, value)));
  const edits = [
    () => append("about.md", `\nEdited ${n} times, see [[fish-market]].\n`),
    () => append("posts/first-light.md", `\n![[harbour.jpg]] ${n}\n`),
    () => put("images/harbour.jpg", files.get(random() < 0.5 ? "images/harbour.jpg" : "images/logo.png")),
    () => put(`extra-${n % 2}.md`, Buffer.from(`# Extra ${n}\n\n![[about]]\n`)),
    () => removePrivateFile(page, folder, `extra-${n % 2}.md`).catch(() => {}),
    () => set(/title: .*/u, `title: Harbour ${n % 3}`),
    () => set(/widths: .*/u, random() < 0.5 ? "widths: [160, 480]" : "widths: [160, 320, 640]"),
  ];
  await edits[Math.floor(random() * edits.length)]!();
}

async function killTab({ context, address, projectId }: Campaign, page: Page): Promise<Page> {
  const debug = await context.newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  // Never answered: the renderer ends, and with it the page, its engine and its task workers.
  debug.send("Page.crash").catch(() => {});
  await crashed;
  const next = await context.newPage();
  await page.close();
  const errors = watchErrors(next);
  await next.goto(address);
  await next.waitForFunction(() => "strata" in globalThis);
  await next.evaluate((id) => (globalThis as unknown as Scripted).strata.openRecent(id), projectId);
  expect(errors).toEqual([]);
  return next;
}

/** Builds to the end, then compares site and artifacts with those of a browser that never saw anything else. */
async function expectFromScratch(page: Page, scratch: Page): Promise<void> {
  const build = () => (globalThis as unknown as Scripted).strata.build();
  await expect.poll(() => page.evaluate(isOpen), { intervals: [20] }).toBe(true);
  await page.evaluate(build);
  const files = await readPrivateFolder(page, folder);
  await scratch.evaluate(forgetAll);
  await removeAll(scratch);
  await openProject(scratch, files);
  const [site, wanted] = [await readSite(page, folder), await readSite(scratch, folder)];
  expect([...site.keys()]).toEqual([...wanted.keys()]);
  for (const [path, bytes] of wanted) expect(site.get(path)!.equals(bytes), path).toBe(true);
  expect(await artifactHashes(page), "artifacts that are kept").toEqual(await artifactHashes(scratch));
}

/** Runs in the page. */
async function isOpen(): Promise<boolean> {
  return (await (globalThis as unknown as Scripted).strata.projectSummary()) !== undefined;
}

/** Runs in the page. */
async function forgetAll(): Promise<void> {
  const { strata } = globalThis as unknown as Scripted;
  for (const { projectId } of strata.state().recents) await strata.forget(projectId);
}

async function removeAll(page: Page): Promise<void> {
  await page.evaluate(
    async (name) =>
      (await navigator.storage.getDirectory()).removeEntry(name, { recursive: true }).catch(() => {}),
    folder,
  );
}

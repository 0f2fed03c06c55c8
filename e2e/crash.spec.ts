import { expect, type BrowserContext, type Page } from "@playwright/test";
import type { ProjectId } from "../src/model/ids.ts";
import type { SettledJob } from "../src/model/write-job.ts";
import type { Session } from "../src/session/contract.ts";
import { test, watchErrors } from "./app.ts";
import { documents, streamWrites, writeOf, type EndedWrite } from "./crash-stream.ts";
import { expectWhole } from "./crash-truth.ts";
import { answerPicker, putPrivateFolder } from "./private-folder.ts";
import { randomFrom } from "./random.ts";
import { runAfter, stateOf } from "./session.ts";

/** Campaigns that go on at the same time, each in a browser of its own. */
const campaigns = [1, 2];
/** How often a campaign kills the tab; `npm run bench:crash` asks for more. */
const kills = Math.ceil(Number(process.env["STRATA_KILLS"] ?? 50) / campaigns.length);
/** What the random instants come from. */
const seed = Number(process.env["STRATA_SEED"] ?? Math.floor(Math.random() * 2 ** 32));
/** Kills from one look at the whole log to the next. */
const lookEvery = Math.max(10, kills / 10);
/** Writes in flight at once, and more writes than a tab lives to make. */
const lanes = 4;
const supply = 1_000;

type Scripted = { readonly strata: Session };

/** A campaign under way: what the tabs so far were told. */
type Campaign = {
  readonly context: BrowserContext;
  readonly address: string;
  readonly projectId: ProjectId;
  /** By number: every write of which a page heard that it ended. */
  readonly ended: Map<number, EndedWrite>;
  readonly random: () => number;
};

test.describe.configure({ mode: "parallel" });

for (const number of campaigns) {
  test(`loses, tears and doubles nothing when the tab is killed while operations stream in, campaign ${number}`, async ({
    openApp,
    context,
    server,
  }) => {
    test.setTimeout(60_000 + kills * 20_000);
    const ended = new Map<number, EndedWrite>();
    await context.exposeFunction("noteEnded", (one: EndedWrite) => void ended.set(one.number, one));
    const first = await openApp();
    const projectId = await openProject(first);
    const random = randomFrom(seed + number);
    try {
      await killAgainAndAgain({ context, address: server.address, projectId, ended, random }, first);
    } catch (error) {
      process.stderr.write(`The instants came from STRATA_SEED=${seed}.\n`);
      throw error;
    }
    expect(ended.size, "writes that ended before a kill").toBeGreaterThan(kills);
  });
}

async function killAgainAndAgain(campaign: Campaign, first: Page): Promise<void> {
  let page = first;
  for (let n = 0; n < kills; n++) {
    await streamUntilKilled(campaign, page, n);
    const killed = page;
    page = await campaign.context.newPage();
    await killed.close();
    const errors = watchErrors(page);
    await openAgain(campaign, page);
    if (n % lookEvery === lookEvery - 1 || n === kills - 1) await look(campaign, page);
    expect(errors).toEqual([]);
  }
}

/** Opens a small folder that can be written to. */
async function openProject(page: Page): Promise<ProjectId> {
  await putPrivateFolder(page, "crash", new Map(documents.map((id, n) => [id.slice(5), text(n, 0)])));
  await answerPicker(page, "crash");
  await page.getByRole("button", { name: "Open folder" }).click();
  expect(await runAfter(page, undefined)).toMatchObject({ phase: "done", failed: 0 });
  return (await stateOf(page)).project!.projectId;
}

/** A document that links to one or another, so that an edit changes relationships. */
function text(n: number, version: number): Buffer {
  const target = documents[(n + 1 + (version % 3)) % 4]!.slice(5, -3);
  return Buffer.from(`# ${n}\n\nVersion ${version} of [[${target}]].\n`);
}

/** Writes, asks for what was acknowledged before, and ends the tab: now and then while its database still opens. */
async function streamUntilKilled(campaign: Campaign, page: Page, n: number): Promise<void> {
  const { context, ended, random } = campaign;
  const debug = await context.newCDPSession(page);
  const earlier = acknowledged(campaign);
  const from = n * supply;
  const writes = Array.from({ length: supply }, (_, k) => writeOf(from + k));
  await page.evaluate(streamWrites, { writes, lanes });
  const edit = n % 3 === 0 ? editAndBuild(page, n) : Promise.resolve();
  const isOpening = n % 5 === 4;
  if (!isOpening) {
    await page.evaluate(expectAcknowledged, earlier);
    await expect.poll(() => [...ended.keys()].some((one) => one >= from), { intervals: [5] }).toBe(true);
  }
  await new Promise((resolve) => setTimeout(resolve, random() * (isOpening ? 1_000 : 400)));
  const crashed = page.waitForEvent("crash");
  // Never answered: the renderer ends, and with it the page, its engine and its task workers.
  debug.send("Page.crash").catch(() => {});
  await crashed;
  await edit;
}

/** Writes of which a page was told the end; `isKept`: recent enough for the engine to know it under its id. */
type Acknowledged = { readonly job: SettledJob; readonly isKept: boolean };

/** The last writes that ended, and an old one: the engine keeps the answers to 1,000. */
function acknowledged({ ended, random }: Campaign): readonly Acknowledged[] {
  const all = [...ended.values()].map(({ job }) => job);
  const at = Math.floor(random() * all.length);
  const old = all.slice(at, at + 1).map((job) => ({ job, isKept: all.length - at < 300 }));
  return [...old, ...all.slice(-4).map((job) => ({ job, isKept: true }))];
}

/** Runs in the page: each write is known under its id as what it was, and a wait on its token resolves. */
async function expectAcknowledged(writes: readonly Acknowledged[]): Promise<void> {
  const { strata } = globalThis as unknown as Scripted;
  while ((await strata.projectSummary()) === undefined)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const check = async ({ job, isKept }: Acknowledged) => {
    const known = await strata.writeStatus(job.id);
    const isSame = JSON.stringify(known) === JSON.stringify(job) || (known === null && !isKept);
    if (!isSame || job.status !== "COMPLETED")
      throw new Error(`${JSON.stringify(job)} is now ${JSON.stringify(known)}`);
    const token = job.consistencyToken;
    const documentId = token.coordinates[0]!.documentId as Parameters<Session["relations"]>[0];
    if ((await strata.relations(documentId, undefined, token)) === undefined) {
      throw new Error(`a wait on ${JSON.stringify(token)} did not resolve`);
    }
  };
  await Promise.all(writes.map(check));
}

/** What the kill cuts off here is the folder's, and no business of the log's. */
async function editAndBuild(page: Page, version: number): Promise<void> {
  try {
    await putPrivateFolder(
      page,
      "crash",
      new Map([[documents[version % 4]!.slice(5), text(version % 4, version)]]),
    );
    await page.evaluate(() => (globalThis as unknown as Scripted).strata.build());
  } catch (error) {
    expect(String(error)).toMatch(/crash|closed/iu);
  }
}

async function openAgain({ address, projectId }: Campaign, page: Page): Promise<void> {
  await page.goto(address);
  await page.waitForFunction(() => "strata" in globalThis);
  await page.evaluate((id) => (globalThis as unknown as Scripted).strata.openRecent(id), projectId);
}

/** Compares everything, once the build that the opening began has ended and nothing writes. */
async function look(campaign: Campaign, page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(isOpen), { intervals: [20] }).toBe(true);
  await page.evaluate(() => (globalThis as unknown as Scripted).strata.build());
  await expectWhole(page, campaign.ended);
  expect((await stateOf(page)).notices).toEqual([]);
}

/** Runs in the page. */
async function isOpen(): Promise<boolean> {
  const summary = await (globalThis as unknown as Scripted).strata.projectSummary();
  return summary !== undefined;
}

import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { test, type Page } from "@playwright/test";
import type { RunRow } from "../src/model/view-rows.ts";
import { waitForStart } from "../e2e/app.ts";
import { startServer } from "../e2e/origin.ts";
import { firstPage, makeVisitedProfile } from "../e2e/profile.ts";
import { openFolder } from "../e2e/project.ts";
import { buildAgain, latestRun, runsSince } from "../e2e/session.ts";
import { corpora, type Corpus } from "./corpora.ts";
import { report, type Figures } from "./figures.ts";
import { buildWithHugo, hugoVersion } from "./hugo.ts";
import { loadSharp, transcodeWithSharp } from "./sharp.ts";

test("bench", async () => {
  const hugo = hugoVersion();
  const sharp = loadSharp();
  const all: Figures[] = [];
  for (const corpus of corpora()) {
    const beside = {
      hugo: hugo === undefined ? "–" : buildWithHugo(corpus.path),
      sharp:
        sharp === undefined || corpus.pictures.length === 0
          ? "–"
          : await transcodeWithSharp(sharp, corpus.pictures),
    };
    all.push({ ...(await measure(corpus)), ...beside });
  }
  report(
    all,
    [hugo === undefined ? "no Hugo" : `Hugo ${hugo}`, sharp === undefined ? "no sharp" : "sharp"].join(", "),
  );
});

/** Three builds of a corpus in a browser whose profile is on the disk and knows the app, but no project. */
async function measure(corpus: Corpus): Promise<Omit<Figures, "hugo" | "sharp">> {
  const server = await startServer();
  const profile = await makeVisitedProfile(server.address);
  const context = await profile.launch();
  const page = await firstPage(context);
  // Servers of others would be measured too.
  await page.goto(`${server.address}?network=off`);
  await waitForStart(page);
  const [cold, coldWall] = await timed(() => openFolder(page, corpus.path, 1_800_000));
  const [nothing, nothingWall] = await timed(() => buildAgain(page));
  const [one, oneWall] = await timed(() => buildAfterEdit(page, corpus));
  await context.close();
  profile.remove();
  await server.close();
  const { name, documents, pictures } = corpus;
  const size = { name, documents: documents.length, pictures: pictures.length };
  return { ...size, cold, coldWall, nothing, nothingWall, one, oneWall };
}

/** The watch over the folder may build the edit before the button does, so the run that built it is the one meant. */
async function buildAfterEdit(page: Page, { path, documents }: Corpus): Promise<RunRow> {
  const before = await latestRun(page);
  const middle = documents[Math.floor(documents.length / 2)];
  if (middle !== undefined) appendFileSync(join(path, middle), "\nOne more line.\n");
  const pressed = await buildAgain(page);
  return (await runsSince(page, before)).find((run) => run.built > 0) ?? pressed;
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  const value = await work();
  return [value, performance.now() - started];
}

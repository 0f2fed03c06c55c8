import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import type { RunRow } from "../src/model/view-rows.ts";
import type { Session } from "../src/session/contract.ts";
import { waitForStart } from "../e2e/app.ts";
import { dist, startServer } from "../e2e/origin.ts";
import { firstPage, makeVisitedProfile } from "../e2e/profile.ts";
import { openFolder } from "../e2e/project.ts";
import { buildAgain, latestRun, runsSince } from "../e2e/session.ts";
import { readSite, type Site } from "../e2e/site.ts";
import { markdown, putTable } from "./figures.ts";
import { makePhotos, type Photo } from "./photos.ts";
import { watchBrowser } from "./browser-use.ts";
import { loadSharp, sharpFolder, type Sharp } from "./sharp.ts";
import { decodeRgb, exactlyResized, signalToNoise } from "./signal-to-noise.ts";

const widths = [320, 640, 1280, 1920];
const quality = 80;
/** The built app, and the same with sharp's own method; see `webp-method.vite.config.ts`. */
const builds = { 2: dist, 4: resolve(import.meta.dirname, "../node_modules/.cache/bench/method-4") } as const;
type Method = keyof typeof builds;

/** Every so many photos are compared by their pixels. */
const comparedEvery = 7;

/** What making all variants took, by whomever. */
type Made = {
  readonly ms: number;
  readonly cpuMs: number;
  readonly bytes: number;
  readonly peakBytes: number;
};
type MadeByApp = Made & {
  /** From the drop of the folder to the end of the run. */
  readonly wallMs: number;
  readonly site: Site;
  /** Of a photo of 12 megapixels by itself, in a warm worker: milliseconds, ascending. */
  readonly alone: readonly number[];
};

test("a hundred photos to four widths, beside sharp", async () => {
  const sharp = loadSharp();
  if (sharp === undefined) throw new Error("STRATA_SHARP has to name a folder in which sharp is installed.");
  const photos = (await makePhotos(sharp)).slice(0, Number(process.env["STRATA_PHOTOS"] ?? 100));
  const out = {
    2: mkdtempSync(join(tmpdir(), "strata-bench-")),
    4: mkdtempSync(join(tmpdir(), "strata-bench-")),
  };
  const rows: Row[] = [];
  for (const method of [2, 4] as const) {
    const app = await makeWithApp(photos, method);
    const other = makeWithSharp(photos, { effort: method, out: out[method] });
    const noise = await compare(sharp, photos, { site: app.site, folder: out[method] });
    rows.push({ by: "Strata", method, ...app, noise: noise.app, alone: middle(app.alone) });
    rows.push({ by: "sharp", method, ...other, wallMs: other.ms, noise: noise.sharp, alone: null });
  }
  for (const folder of Object.values(out)) rmSync(folder, { recursive: true });
  report(photos, rows);
});

type Row = Made & {
  readonly by: "Strata" | "sharp";
  readonly method: Method;
  readonly wallMs: number;
  /** Decibels. */
  readonly noise: number;
  readonly alone: number | null;
};

function report(photos: readonly Photo[], rows: readonly Row[]): void {
  const megapixels = photos.reduce((sum, { width, height }) => sum + (width * height) / 1e6, 0);
  const where = `${cpus().length} cores, Node ${process.versions.node}. ${photos.length} photos, ${megapixels.toFixed(0)} megapixels.`;
  const own = rows.find(({ by, method }) => by === "sharp" && method === 4);
  const heads = [
    "by",
    "method",
    "s",
    "with all else",
    "of sharp's",
    "CPU s",
    "of sharp's",
    "MB",
    "peak MB",
    "dB",
    "one photo, ms",
  ];
  const table = rows.map((row) => [
    row.by,
    row.method,
    seconds(row.ms),
    seconds(row.wallMs),
    (row.ms / (own?.ms ?? 1)).toFixed(2),
    seconds(row.cpuMs),
    (row.cpuMs / (own?.cpuMs ?? 1)).toFixed(2),
    (row.bytes / 1e6).toFixed(1),
    (row.peakBytes / 1e6).toFixed(0),
    row.noise.toFixed(2),
    row.alone === null ? "" : row.alone.toFixed(0),
  ]);
  putTable("image figures: written by npm run bench:images", `${where}\n\n${markdown(heads, table)}`);
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

const middle = (ascending: readonly number[]): number => ascending[ascending.length >> 1] ?? 0;

/** Sharp in a process of its own, a picture on each core at a time. */
function makeWithSharp(
  photos: readonly Photo[],
  { effort, out }: { readonly effort: number; readonly out: string },
): Made {
  const work = { from: sharpFolder(), photos, widths, quality, effort, lanes: cpus().length, out };
  const child = join(import.meta.dirname, "sharp-child.mjs");
  const { stdout, status } = spawnSync(process.execPath, [child, JSON.stringify(work)], { encoding: "utf8" });
  if (status !== 0) throw new Error("sharp did not come to its end");
  return JSON.parse(stdout) as Made;
}

/** The built app in a browser that knows the app and no project. */
async function makeWithApp(photos: readonly Photo[], method: Method): Promise<MadeByApp> {
  const folder = makeProject(photos);
  const server = await startServer();
  server.serve(builds[method]);
  const profile = await makeVisitedProfile(server.address);
  const context = await profile.launch();
  const page = await firstPage(context);
  await page.goto(`${server.address}?network=off`);
  await waitForStart(page);
  const watch = watchBrowser();
  const started = performance.now();
  const run = await openFolder(page, folder, 1_800_000);
  const wallMs = performance.now() - started;
  const use = watch.stop();
  if (run.failed + run.poisoned > 0) throw new Error(`${run.failed} pictures failed`);
  const site = await readSite(page, basename(folder));
  const alone = await makeAlone(page, folder, photos);
  await context.close();
  profile.remove();
  await server.close();
  rmSync(resolve(folder, ".."), { recursive: true });
  const bytes = [...site]
    .filter(([path]) => path.endsWith(".webp"))
    .reduce((sum, [, file]) => sum + file.length, 0);
  return { ...use, ms: run.phaseMs.building ?? 0, wallMs, bytes, site, alone };
}

/** One document that shows all photos. */
function makeProject(photos: readonly Photo[]): string {
  const folder = join(mkdtempSync(join(tmpdir(), "strata-bench-")), "photos");
  mkdirSync(folder);
  for (const { path } of photos) cpSync(path, join(folder, basename(path)));
  const shown = photos.map(({ path }) => `![](${basename(path)})`);
  writeFileSync(join(folder, "index.md"), `# Photos\n\n${shown.join("\n\n")}\n`);
  return folder;
}

/** Shows one more photo of 12 megapixels, five times another one, with nothing else to do. */
async function makeAlone(page: Page, folder: string, photos: readonly Photo[]): Promise<readonly number[]> {
  const photo = photos.find(({ width, height }) => width * height > 12e6);
  if (photo === undefined) throw new Error("no photo has 12 megapixels");
  const times: number[] = [];
  for (let n = 0; n < 5; n++) {
    const before = await latestRun(page);
    // Other bytes behind its end, the same picture: nothing made before can be taken over.
    writeFileSync(
      join(folder, `alone-${n}.jpg`),
      Buffer.concat([readFileSync(photo.path), Buffer.from([n])]),
    );
    writeFileSync(join(folder, "alone.md"), `![](alone-${n}.jpg)\n`);
    await buildAgain(page);
    times.push(await variantTime(page, before, `alone-${n}.jpg`));
  }
  return times.toSorted((a, b) => a - b);
}

/**
 * What the variants of a picture took together, reading and decoding included. The watch may have built some, or be
 * about to.
 */
async function variantTime(page: Page, before: RunRow | undefined, picture: string): Promise<number> {
  const read = async (key: string) => {
    const { strata } = globalThis as unknown as { readonly strata: Session };
    return (await strata.runTasks(key as never))?.events ?? [];
  };
  let made: { readonly durationMs: number }[] = [];
  await expect
    .poll(async () => {
      const runs = await runsSince(page, before);
      const events = (await Promise.all(runs.map(({ key }) => page.evaluate(read, key)))).flat();
      made = events.filter(({ resourceId }) => resourceId.startsWith(`variant:${picture}@`));
      return made.length;
    })
    .toBe(widths.length);
  return made.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

/** Decibels of both beside pixels that were resized exactly and never encoded, all decoded by the same decoder. */
async function compare(
  sharp: Sharp,
  photos: readonly Photo[],
  { site, folder }: { readonly site: Site; readonly folder: string },
): Promise<{ readonly app: number; readonly sharp: number }> {
  const sums = { app: 0, sharp: 0, count: 0 };
  for (const { path } of photos.filter((_, n) => n % comparedEvery === 0)) {
    const source = await decodeRgb(sharp, path);
    for (const width of widths.filter((one) => one < source.width)) {
      const name = basename(path).replace(/\.jpg$/, `.${width}.webp`);
      const ours = site.get(name);
      if (ours === undefined) throw new Error(`the site has no ${name}`);
      const made = await decodeRgb(sharp, ours);
      const exact = exactlyResized(source, made.width, made.height);
      sums.app += signalToNoise(made, exact);
      sums.sharp += signalToNoise(await decodeRgb(sharp, join(folder, name)), exact);
      sums.count++;
    }
  }
  return { app: sums.app / sums.count, sharp: sums.sharp / sums.count };
}

import { afterAll, beforeAll, expect, it } from "vitest";
import { openDexieStores } from "../artifacts/dexie-stores.ts";
import { createMemoryStores } from "../artifacts/memory-stores.ts";
import { parseProjectPath } from "../base/project-path.ts";
import { asResourceId } from "../model/ids.ts";
import type { Job, TaskResult } from "../model/wire.ts";
import type { TaskRunner } from "../tasks/contract.ts";
import type { ScanInput } from "../tasks/scan/spec.ts";
import type { TranscodeInput } from "../tasks/transcode/spec.ts";
import { createLocalRunner } from "./local-runner.ts";
import { createPool } from "./pool.ts";

const never = new AbortController().signal;
const stores = openDexieStores();
const memory = createMemoryStores();
let pool: TaskRunner;
let local: TaskRunner;

beforeAll(() => {
  const spawn = () =>
    new Worker(new URL("../../workers/task.worker.ts", import.meta.url), { type: "module" });
  pool = createPool({ spawn, size: 2 });
  local = createLocalRunner({ artifacts: memory.artifacts, highlighted: memory.highlighted });
});

afterAll(() => {
  pool.close();
  stores.close();
});

/** A picture with enough detail for its bytes to tell any difference. */
async function photo(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d")!;
  const image = context.createImageData(width, height);
  for (let i = 0, x = 1; i < image.data.length; i++) {
    x = (x * 16_807) % 2_147_483_647;
    image.data[i] = i % 4 === 3 ? 255 : 128 + 100 * Math.sin(i / 400 + (i % 4)) + (x % 20);
  }
  context.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
}

function transcodeJob(file: Blob, width: number, height: number): Job {
  const variants = (
    [
      [320, "webp"],
      [160, "webp"],
      [160, "avif"],
    ] as const
  ).map(([wide, format]) => ({
    resourceId: asResourceId(`variant:${wide}.${format}`),
    width: wide,
    format,
    quality: 80,
  }));
  const facts = { type: "image", format: "jpeg", width, height, orientation: 1, animated: false } as const;
  const input: TranscodeInput = {
    path: parseProjectPath("a.jpg")!,
    bytes: { type: "file", file },
    facts,
    shrink: 1,
    variants,
  };
  return { id: "transcode", kind: "transcode", items: [{ resourceId: asResourceId("file:a.jpg"), input }] };
}

function hashesIn(results: readonly TaskResult[]): string[] {
  return results.map((result) =>
    result.status === "done" ? (result.artifact?.hash ?? "none") : result.fault.message,
  );
}

it("[H8] makes the same bytes in the page as in a worker, which leaves them in the browser's store", async () => {
  const job = transcodeJob(await photo(640, 480), 640, 480);
  const [inWorker, inPage] = [await pool.run(job, never), await local.run(job, never)];
  const hashes = hashesIn(inWorker.results);
  expect(hashes).toEqual(hashesIn(inPage.results));
  for (const result of inWorker.results) {
    if (result.status !== "done" || result.artifact === null) throw new Error(JSON.stringify(result));
    const { hash, size } = result.artifact;
    const stored = await stores.artifacts.get(hash);
    expect(stored?.byteLength).toBe(size);
    expect(stored).toEqual(await memory.artifacts.get(hash));
  }
});

it("[H1] scans files in a worker", async () => {
  const items = ["# One\n", "# Two\n"].map((text, i) => {
    const file = new Blob([text]);
    const path = parseProjectPath(`${i}.md`)!;
    const input: ScanInput = {
      path,
      kind: "document",
      size: file.size,
      modified: 1,
      bytes: { type: "file", file },
    };
    return { resourceId: asResourceId(`file:${i}.md`), input };
  });
  const { results } = await pool.run({ id: "scan", kind: "scan", items }, never);
  expect(results).toMatchObject([
    { value: { facts: { title: "One" } } },
    { value: { facts: { title: "Two" } } },
  ]);
});

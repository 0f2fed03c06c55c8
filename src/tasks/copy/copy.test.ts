import { expect, it } from "vitest";
import { createMemoryStores } from "../../artifacts/memory-stores.ts";
import { parseProjectPath } from "../../base/project-path.ts";
import { asContentHash, asResourceId } from "../../model/ids.ts";
import { run } from "./run.ts";

const hello = asContentHash("26c7827d889f6da3");

async function copyAll(files: readonly (readonly [name: string, content: string])[]) {
  const { artifacts, highlighted } = createMemoryStores();
  const items = files.map(([name, content]) => {
    const input = {
      path: parseProjectPath(name),
      bytes: { type: "file", file: new Blob([content]) },
      hash: hello,
    };
    return { resourceId: asResourceId(`copy:${name}`), input };
  });
  const results = await run(items, { artifacts, highlighted, signal: new AbortController().signal });
  return { results, artifacts };
}

it("[T18] keeps a file's bytes under their hash, with the type of its name", async () => {
  const { results, artifacts } = await copyAll([
    ["a/movie.MP4", "hello"],
    ["LICENSE", "hello"],
  ]);
  expect(results).toMatchObject([
    { status: "done", artifact: { hash: hello, size: 5, type: "video/mp4" }, read: ["a/movie.MP4"] },
    { status: "done", artifact: { hash: hello, size: 5, type: "application/octet-stream" } },
  ]);
  expect(new TextDecoder().decode(await artifacts.get(hello))).toBe("hello");
});

it("[T18] fails a file that is not the one that was scanned, and stores nothing of it", async () => {
  const { results, artifacts } = await copyAll([["a.pdf", "other"]]);
  expect(results).toMatchObject([{ status: "failed", fault: { code: "file-changed" } }]);
  expect(await artifacts.list()).toEqual([]);
});

import { describe, expect, it } from "vitest";
import { createMemoryStores } from "../../artifacts/memory-stores.ts";
import { parseProjectPath, type ProjectPath } from "../../base/project-path.ts";
import { asContentHash, asResourceId } from "../../model/ids.ts";
import { sourceKindOf } from "../../model/resource.ts";
import type { SourceBytes, SourceRecord } from "../../model/source.ts";
import type { TaskResult } from "../../model/wire.ts";
import { pictures } from "./pictures.test-data.ts";
import { run } from "./run.ts";
import { scan, type ScanInput } from "./spec.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

function projectPath(raw: string): ProjectPath {
  const path = parseProjectPath(raw);
  if (path === undefined) throw new Error(raw);
  return path;
}

function inputOf(name: string, content: Uint8Array<ArrayBuffer> | string, bytes?: SourceBytes): ScanInput {
  const path = projectPath(name);
  const file = new Blob([content]);
  return {
    path,
    kind: sourceKindOf(path),
    size: file.size,
    modified: 1234,
    bytes: bytes ?? { type: "file", file },
  };
}

async function scanAll(inputs: readonly ScanInput[], stores = createMemoryStores()) {
  const { signal } = new AbortController();
  const items = inputs.map((input) => ({ resourceId: asResourceId(`file:${input.path}`), input }));
  return run(items, { artifacts: stores.artifacts, highlighted: stores.highlighted, signal });
}

function recordIn(result: TaskResult | undefined): SourceRecord {
  if (result?.status !== "done") throw new Error(JSON.stringify(result));
  return result.value as SourceRecord;
}

const scanOne = async (name: string, content: Uint8Array<ArrayBuffer> | string) =>
  recordIn((await scanAll([inputOf(name, content)]))[0]);

/** A file that throws what browsers throw when it can no longer be read. */
function unreadable(name: string): Blob {
  const fail = () => Promise.reject(new DOMException("gone", name));
  return Object.assign(new Blob(["abc"]), { arrayBuffer: fail });
}

describe("scanning", () => {
  it("[T4] hashes a file with XXH64 and keeps what the listing said", async () => {
    expect(await scanOne("data.bin", "hello")).toEqual({
      path: "data.bin",
      kind: "asset",
      size: 5,
      modified: 1234,
      contentHash: "26c7827d889f6da3",
      scanVersion: scan.version,
      facts: { type: "other" },
      fault: null,
      problems: [],
    });
    expect((await scanOne("empty.txt", "")).contentHash).toBe("ef46db3751d8e999");
  });

  it("[T4] answers in the order of the items, also for a full batch", async () => {
    const inputs = Array.from({ length: 64 }, (_, i) => inputOf(`${i}.txt`, "x".repeat((i * 37) % 50)));
    const results = await scanAll(inputs);
    expect(results.map((result) => recordIn(result).path)).toEqual(inputs.map((input) => input.path));
  });

  it("[T4] finds title, headings and references of a document, behind a byte order mark too", async () => {
    const { facts, fault } = await scanOne("a.md", "\uFEFF---\ntitle: T\n---\n# H\n\n[x](b.md)\n");
    expect(fault).toBeNull();
    expect(facts).toMatchObject({
      type: "document",
      title: "T",
      headings: [{ text: "H", level: 1, line: 4 }],
      references: [{ target: "b.md", line: 6 }],
    });
  });

  it("[T9] warns, with the line, of a document that is no UTF-8, and reads the rest", async () => {
    const latin1 = Uint8Array.from([...utf8("# Caf\u00e9\n\nfine\n\nCaf"), 0xe9, 0x0a, ...utf8("[x](b.md)")]);
    const { facts, problems } = await scanOne("a.md", latin1);
    expect(problems).toMatchObject([{ code: "not-utf8", severity: "warning", path: "a.md", line: 5 }]);
    expect(facts).toMatchObject({ references: [{ target: "b.md" }] });
    const cutOff = await scanOne("b.md", utf8("one\ntwo \u20ac").slice(0, -1));
    expect(cutOff.problems).toMatchObject([{ code: "not-utf8", line: 2 }]);
  });

  it("[T8] keeps a fault with an image whose header tells nothing, and the format by its bytes", async () => {
    const png = Uint8Array.from(Buffer.from(pictures.png, "base64"));
    expect(await scanOne("photo.jpg", png)).toMatchObject({
      facts: { format: "png", width: 13 },
      fault: null,
    });
    expect(await scanOne("photo.png", png.slice(0, 20))).toMatchObject({
      facts: { type: "other" },
      fault: { code: "image-header-broken" },
    });
    expect(await scanOne("photo.png", "no picture")).toMatchObject({
      facts: { type: "other" },
      fault: { code: "image-format-unknown" },
    });
  });

  it.each([
    ["NotFoundError", "file-vanished"],
    ["NotReadableError", "file-changed"],
    ["NotAllowedError", "file-forbidden"],
    ["UnknownError", "file-unreadable"],
  ])("[T9] fails alone when reading a file gives %s", async (name, code) => {
    const gone = inputOf("gone.md", "abc", { type: "file", file: unreadable(name) });
    const results = await scanAll([gone, inputOf("fine.md", "abc")]);
    expect(results).toMatchObject([{ status: "failed", fault: { code } }, { status: "done" }]);
  });

  it("[T9] reads a copied project from the artifacts, and says when a copy is lost or has another size", async () => {
    const stores = createMemoryStores();
    const hash = asContentHash("26c7827d889f6da3");
    await stores.artifacts.putMany([{ hash, type: "text/plain", bytes: utf8("hello") }]);
    const kept = inputOf("a.txt", "hello", { type: "artifact", hash });
    const lost = inputOf("b.txt", "hello", { type: "artifact", hash: asContentHash("0000000000000000") });
    const other = { ...kept, size: 6 };
    expect(await scanAll([kept, lost, other], stores)).toMatchObject([
      { status: "done", value: { contentHash: hash } },
      { status: "failed", fault: { code: "copy-lost" } },
      { status: "failed", fault: { code: "file-changed" } },
    ]);
  });
});

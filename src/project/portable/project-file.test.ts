import {
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipReader,
  BlobReader,
  ZipWriter,
  TextReader,
} from "@zip.js/zip.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemoryStores } from "../../artifacts/memory-stores.ts";
import { projectFileLimits } from "./format.ts";
import { openProjectFile } from "./open-project-file.ts";
import { isProjectFile } from "./project-file-parts.ts";
import {
  addition,
  logs,
  now,
  numbered,
  opened,
  outputOf,
  readAll,
  written,
} from "./project-file.test-kit.ts";

/** Operations without what they are called in one copy of the log alone. */
const plain = (operations: readonly object[]) =>
  operations.map((operation) =>
    JSON.parse(
      JSON.stringify(operation, (key, value) => (key === "id" || key === "projectId" ? undefined : value)),
    ),
  );

describe("a project file", () => {
  it("[P16] gives back the log that was written, whatever its names", async () => {
    await fc.assert(
      fc.asyncProperty(logs, async (operations) => {
        const { batches } = await readAll(await opened(await written({ operations, outputs: [] })));
        expect(batches.flat()).toEqual(plain(operations));
      }),
      { numRuns: 60 },
    );
  });

  it("[P16] gives back what was made, and stores the bytes that are not there yet", async () => {
    const outputs = [await outputOf("a.html", "<p>a"), await outputOf("ü/b.html", "b".repeat(300_000))];
    const file = await opened(await written({ operations: [], outputs }));
    expect((await readAll(file)).outputs).toEqual(outputs.map(({ record }) => record));
    const { artifacts } = createMemoryStores();
    await artifacts.putMany([outputs[0]!.artifact]);
    expect(await file.putArtifacts(artifacts)).toEqual([outputs[1]!.artifact.hash]);
    expect(await artifacts.get(outputs[1]!.artifact.hash)).toEqual(outputs[1]!.artifact.bytes);
    expect(await file.putArtifacts(artifacts)).toEqual([]);
  });

  it("[P18] gives a long log in batches of whole streams, each in the order of the log", async () => {
    const steps = Array.from({ length: 24_000 }, (_, n) => addition(`file:${n % 6_000}.md`, "file:x.md", n));
    const operations = numbered(steps);
    const { batches } = await readAll(await opened(await written({ operations, outputs: [] })));
    expect(batches.map((batch) => batch.length)).toEqual([10_000, 10_000, 4_000]);
    const seen = new Set<string>();
    for (const batch of batches) {
      const documents = new Set(batch.map(({ documentId }) => documentId));
      for (const id of documents) expect(seen.has(id)).toBe(false);
      for (const id of documents) seen.add(id);
      expect(batch.map(({ time }) => time)).toEqual(batch.map(({ time }) => time).toSorted((a, b) => a - b));
    }
    expect(seen.size).toBe(6_000);
  });

  it("[P16] is known by its parts, not by its name", async () => {
    expect(await isProjectFile(await written({ operations: [], outputs: [] }))).toBe(true);
    expect(await isProjectFile(await zip({ "index.md": "# Home" }))).toBe(false);
    expect(await isProjectFile(new Blob(["no ZIP"]))).toBe(false);
  });
});

type Parts = Readonly<Record<string, string | Uint8Array>>;

async function zip(parts: Parts): Promise<Blob> {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const [part, content] of Object.entries(parts)) {
    await writer.add(
      part,
      typeof content === "string" ? new TextReader(content) : new Uint8ArrayReader(content),
    );
  }
  return new Blob([await writer.close()]);
}

async function unzip(blob: Blob): Promise<Record<string, string>> {
  const parts: Record<string, string> = {};
  for (const entry of await new ZipReader(new BlobReader(blob)).getEntries()) {
    if (!entry.directory)
      parts[entry.filename] = new TextDecoder().decode(await entry.getData(new Uint8ArrayWriter()));
  }
  return parts;
}

/** A good file of two operations and one output, as its parts. */
async function goodParts(): Promise<Record<string, string>> {
  const operations = numbered([addition("file:a.md", "file:b.md"), addition("file:a.md", "file:c.md")]);
  return unzip(await written({ operations, outputs: [await outputOf("a.html", "<p>a")] }));
}

async function refusal(blob: Blob, limits = projectFileLimits): Promise<string> {
  const error: unknown = await openProjectFile(blob, "notes.strata.zip", { now, limits }).then(
    () => new Error("it was taken"),
    (thrown: unknown) => thrown,
  );
  const { fault } = error as { readonly fault?: { code: string; message: string; remedy: string } };
  expect(fault?.message, String(error)).toMatch(/^notes\.strata\.zip .*Nothing of it was taken in\.$/u);
  expect(fault?.remedy).toMatch(/\.$/u);
  return `${fault?.code}: ${fault?.message}`;
}

/** What refuses the good file after `change`. */
async function refusalOf(change: (parts: Record<string, string>) => void): Promise<string> {
  const parts = await goodParts();
  change(parts);
  return refusal(await zip(parts));
}

const changed = (part: string, from: string | RegExp, to: string) => (parts: Record<string, string>) => {
  const before = parts[part]!;
  parts[part] = before.replace(from, to);
  expect(parts[part], `${part} holds ${from}`).not.toBe(before);
};

describe("a hostile project file", () => {
  it("[P17] is taken when nothing was changed in it", async () => {
    expect((await opened(await zip(await goodParts()))).header.name).toBe("notes");
  });

  it.each([
    ["a wrong type", changed("log.ndjson", '"skip":0', '"skip":"0"'), /log\.ndjson, line 1: skip: /u],
    ["a huge count", changed("log.ndjson", '"sequence":1', '"sequence":1e300'), /line 2: sequence: /u],
    ["no JSON", changed("log.ndjson", '{"documentId"', '{documentId"'), /line 1: it is no JSON/u],
    ["an unknown key", changed("log.ndjson", '"skip":0', '"skip":0,"more":1'), /line 1: .*more/u],
    [
      "a gap",
      changed("log.ndjson", '"index":1', '"index":2'),
      /operation 2 of its stream stands where 1 should/u,
    ],
    ["a repeat", changed("log.ndjson", '"index":1', '"index":0'), /operation 0 of its stream/u],
    ["a skip beyond", changed("log.ndjson", '"skip":0', '"skip":9'), /skips more than/u],
    ["itself", changed("log.ndjson", '"targetId":"file:b.md"', '"targetId":"file:a.md"'), /to itself/u],
    ["the future", changed("log.ndjson", '"time":5', '"time":9e15'), /clock that is ahead/u],
    ["a NUL branch", changed("log.ndjson", '"branch":"main"', '"branch":"\\u0000"'), /branch/u],
    ["half a surrogate", changed("log.ndjson", '"branch":"main"', '"branch":"\\ud800"'), /branch/u],
    [
      "a deep value",
      changed("log.ndjson", '"metadata":null', `"metadata":${"[".repeat(5_000)}${"]".repeat(5_000)}`),
      /metadata/u,
    ],
    ["a missing line", changed("log.ndjson", /.*\n$/u, ""), /1 operations of 2/u],
    [
      "a way out",
      changed("made.ndjson", '"sitePath":"a.html"', '"sitePath":"../a.html"'),
      /sitePath: leads out/u,
    ],
    ["the id of a file", changed("made.ndjson", '"page:a.html"', '"file:a.html"'), /line 1: id: names/u],
    ["the id of another kind", changed("made.ndjson", '"page:a.html"', '"copy:a.html"'), /id: names/u],
    ["a header in a type", changed("made.ndjson", "text/html", "text/html\\r\\nx: y"), /artifact\.type/u],
  ] as [string, (parts: Record<string, string>) => void, RegExp][])(
    "[P17] is refused for %s",
    async (_, change, words) => {
      expect(await refusalOf(change)).toMatch(words);
    },
  );

  it("[P17] is refused for bytes that are not what their name says, that are missing, or that nothing names", async () => {
    const bytesOf = (parts: Record<string, string>) =>
      Object.keys(parts).find((part) => part.startsWith("artifacts/"))!;
    expect(await refusalOf((parts) => (parts[bytesOf(parts)] = "<p>b"))).toMatch(/bytes are not those/u);
    expect(await refusalOf((parts) => Reflect.deleteProperty(parts, bytesOf(parts)))).toMatch(
      /the bytes of page:a.html are not/u,
    );
    expect(await refusalOf((parts) => (parts["artifacts/00000000000000aa"] = "x"))).toMatch(
      /finished files/u,
    );
    expect(await refusalOf((parts) => (parts["artifacts/../x"] = "x"))).toMatch(
      /no place in a project file/u,
    );
    expect(await refusalOf((parts) => (parts["../../x"] = "x"))).toMatch(/no place in a project file/u);
  });

  it("[P17] is refused when it is of a newer version, or no project file", async () => {
    const newer = await refusalOf(changed("project.json", '"version": 1', '"version": 2'));
    expect(newer).toMatch(/^newer-project-file: .* version 2 /u);
    expect(await refusalOf(changed("project.json", "strata-project", "other"))).toMatch(
      /^not-a-project-file/u,
    );
    expect(await refusalOf((parts) => delete parts["log.ndjson"])).toMatch(/it has no log\.ndjson/u);
    expect(await refusal(new Blob(["no ZIP at all"]))).toMatch(/^not-a-project-file/u);
  });

  it("[P17] is refused when a part of it is there twice", async () => {
    const parts = await goodParts();
    // The library refuses to write a name twice, so one of the same length is renamed in the bytes.
    const bytes = new Uint8Array(
      await (await zip({ ...parts, "log.ndjsoX": parts["log.ndjson"]! })).arrayBuffer(),
    );
    const text = Buffer.from(bytes).toString("latin1").replaceAll("log.ndjsoX", "log.ndjson");
    expect(await refusal(new Blob([Buffer.from(text, "latin1")]))).toMatch(
      /"log\.ndjson": it is there twice/u,
    );
  });

  it("[P17] is refused wherever it was cut off, or one byte of it changed", async () => {
    const whole = new Uint8Array(await (await zip(await goodParts())).arrayBuffer());
    for (let length = 0; length < whole.length; length += 97)
      await refusal(new Blob([whole.slice(0, length)]));
    const good = await readAll(await opened(new Blob([whole])));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const other = whole.slice();
        other[at]! ^= by;
        const taken = await opened(new Blob([other])).then(readAll, (error: unknown) => {
          expect(error).toHaveProperty("fault");
        });
        // Some bytes of a ZIP say nothing, such as the time of a file.
        if (taken !== undefined) expect(taken).toEqual(good);
      }),
      { numRuns: 150 },
    );
  });

  it("[P17] is refused beyond its limits, by what it states and by what really comes out", async () => {
    const blob = await zip(await goodParts());
    const limits = (parts: Partial<typeof projectFileLimits>) => ({ ...projectFileLimits, ...parts });
    expect(await refusal(blob, limits({ entries: 2 }))).toMatch(/more than 2 parts/u);
    expect(await refusal(blob, limits({ operations: 1 }))).toMatch(/more than 1 operations/u);
    expect(await refusal(blob, limits({ stream: 1 }))).toMatch(/more than 1 operations of one document/u);
    expect(await refusal(blob, limits({ linesBytes: 10 }))).toMatch(/more than 10 bytes of history/u);
    expect(await refusal(blob, limits({ bytes: 3 }))).toMatch(/more than 3 bytes of finished files/u);
    expect(await refusal(blob, limits({ line: 20 }))).toMatch(/line 1 is longer than 20 characters/u);
    const bomb = { ...(await goodParts()), "log.ndjson": " ".repeat(5_000_000) };
    expect(await refusal(await zip(bomb), limits({ line: 1_000 }))).toMatch(/longer than 1000 characters/u);
  });
});

import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { TestFolder } from "./testing/test-folder.ts";
import { openTestHost, type TestHost } from "./testing/test-host.ts";

let incremental: TestHost;
let clean: TestHost;

beforeAll(async () => {
  incremental = await openTestHost();
  clean = await openTestHost();
});

const names = [
  "index.md",
  "a.md",
  "b.md",
  "notes/a.md",
  "notes/c.md",
  "d.html",
  "pic.svg",
  "strata.yaml",
] as const;
const name = fc.constantFrom(...names);
const targets = ["a", "b", "notes/c", "nowhere", "index", "pic.svg"];

/** A line of a document: text, a heading, a link, an embed of a note or of a section. */
const line = fc.oneof(
  fc.constantFrom("Some text.", "More text.", "```js\nlet x = 1;\n```"),
  fc.constantFrom("# One", "## Two", "## Three"),
  fc.constantFrom(...targets).map((target) => `[[${target}]] and [link](${target}.md)`),
  fc.constantFrom(...targets).map((target) => `![[${target}]]`),
  fc.constantFrom(...targets).map((target) => `![[${target}#Two]]`),
);
const content = fc.array(line, { maxLength: 5 }).map((lines) => lines.join("\n\n"));
const svg = fc
  .nat(3)
  .map((size) => `<svg xmlns="http://www.w3.org/2000/svg" width="${size + 1}" height="9"/>`);
const settings = fc.constantFrom(
  "title: One",
  "title: Two\nlanguage: de",
  "baseUrl: https://example.org/",
  "title: [",
);

type Edit = (folder: TestFolder) => void;

function contentFor(path: string): fc.Arbitrary<string> {
  if (path === "pic.svg") return svg;
  return path === "strata.yaml" ? settings : content;
}

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 4,
    arbitrary: name.chain((path) =>
      contentFor(path).map((text) => (folder: TestFolder) => folder.write(path, text)),
    ),
  },
  { weight: 1, arbitrary: name.map((path) => (folder: TestFolder) => folder.remove(path)) },
);

it(
  "[E3] after any sequence of edits the site equals that of a build from scratch",
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
        async (steps) => {
          const folder = new TestFolder();
          folder.write("index.md", "# Start");
          for (const step of steps) {
            for (const change of step) change(folder);
            await incremental.build(folder);
            await clean.deleteProject();
            await clean.build(folder.copy());
            expect(incremental.statuses()).toEqual(clean.statuses());
            expect(await incremental.doneSite()).toEqual(await clean.doneSite());
            expect(incremental.problems()).toEqual(clean.problems());
          }
          await incremental.deleteProject();
          expect(await incremental.stores.artifacts.list()).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  },
);

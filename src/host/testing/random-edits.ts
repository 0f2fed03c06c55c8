import fc from "fast-check";
import { pngOf } from "./stub-pictures.ts";
import type { TestFolder } from "./test-folder.ts";

/** One change of a folder, told in words when a test fails. */
export type Edit = { readonly words: string; readonly apply: (folder: TestFolder) => void };

const documents = ["index.md", "a.md", "b.md", "notes/a.md", "notes/c.md", "d.html"] as const;
const pictures = ["p.png", "notes/q.png", "r.png"] as const;
const others = ["v.svg", "strata.yaml", "theme/page.html", "data.csv"] as const;
const all = [...documents, ...pictures, ...others];
const named = ["a", "b", "notes/c", "nowhere", "index", "p.png", "notes/q.png", "r.png", "v.svg", "data.csv"];

/** A line of a document: text, a heading, a link, an embed of a note or of a section, a picture. */
const line = fc.oneof(
  fc.constantFrom("Some text.", "More text.", "```js\nlet x = 1;\n```", "# One", "## Two", "## Three"),
  fc.constantFrom(...named).map((target) => `[[${target}]] and [link](${target}.md)`),
  fc.constantFrom(...named).map((target) => `![[${target}]]`),
  fc.constantFrom(...named).map((target) => `![[${target}#Two]]`),
  fc.constantFrom(...pictures, "v.svg", "gone.png").map((path) => `![](/${path}) ![](${path})`),
);
const frontMatter = fc.constantFrom("", "", "---\ntitle: Named\n---\n\n", "---\naliases: [nowhere]\n---\n\n");
const text = fc
  .tuple(frontMatter, fc.array(line, { maxLength: 5 }))
  .map(([front, lines]) => front + lines.join("\n\n"));
const picture = fc
  .tuple(fc.constantFrom(200, 900), fc.constantFrom("red", "green", "broken"))
  .map(([width, body]): string | Uint8Array<ArrayBuffer> => pngOf(width, body));
const contents: Readonly<Record<(typeof others)[number], fc.Arbitrary<string>>> = {
  "v.svg": fc
    .constantFrom(4, 5)
    .map((n) => `<svg xmlns="http://www.w3.org/2000/svg" width="${n}" height="9"/>`),
  "strata.yaml": fc.constantFrom(
    "title: One",
    "title: Two\nlanguage: de",
    "baseUrl: https://example.org/",
    "layout: theme/page.html",
    "images:\n  widths: [100, 300]",
    "images:\n  quality: 50",
    "title: [",
  ),
  "theme/page.html": fc.constantFrom(
    "<h1>{{title}}</h1>{{{content}}}",
    "<main>{{{content}}}</main>",
    "{{#no",
  ),
  "data.csv": fc.constantFrom("1,2", "3,4"),
};

function contentFor(path: (typeof all)[number]): fc.Arbitrary<string | Uint8Array<ArrayBuffer>> {
  if (path in contents) return contents[path as keyof typeof contents];
  if (path.endsWith(".png")) return fc.oneof({ weight: 5, arbitrary: picture }, fc.constant("no picture"));
  return text;
}

const write = fc.constantFrom(...all).chain((path) =>
  contentFor(path).map((content): Edit => {
    const said =
      typeof content === "string" ? JSON.stringify(content) : new TextDecoder().decode(content.slice(33));
    return { words: `write ${path} ${said}`, apply: (folder) => folder.write(path, content) };
  }),
);
const remove = fc
  .constantFrom(...all)
  .map((path): Edit => ({ words: `remove ${path}`, apply: (folder) => folder.remove(path) }));
const move = fc
  .constantFrom(...all)
  .chain((from) => {
    const extension = from.slice(from.lastIndexOf("."));
    const like = all.filter((path) => path.endsWith(extension) && path !== from);
    return fc.tuple(fc.constant(from), fc.constantFrom(...like, `moved/x${extension}`));
  })
  .map(([from, to]): Edit => ({ words: `move ${from} ${to}`, apply: (folder) => folder.move(from, to) }));

/** What people do to a folder: they write most, and move and remove now and then. */
export const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 5, arbitrary: write },
  { weight: 1, arbitrary: remove },
  { weight: 1, arbitrary: move },
);

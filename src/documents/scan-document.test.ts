import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, it } from "vitest";
import { parseProjectPath, type ProjectPath } from "../base/project-path.ts";
import { invariant } from "../base/invariant.ts";
import { scanDocument } from "./scan-document.ts";
import { askMarkdownIt, foundByScan } from "./scan-oracle.test-kit.ts";

function path(raw: string): ProjectPath {
  const parsed = parseProjectPath(raw);
  invariant(parsed !== undefined, "a test names a path inside the project");
  return parsed;
}

const scan = (text: string, name = "a.md") => scanDocument(path(name), text);

/** References as `line form target#anchor|label`. */
const references = (text: string, name?: string): string[] =>
  scan(text, name).facts.references.map(
    ({ form, target, anchor, label, line }) =>
      `${line} ${form} ${target}${anchor && `#${anchor}`}${label && `|${label}`}`,
  );

it.each([
  ["[a](b.md)", "1 link b.md"],
  ['[a](<b c.md> "title (x)")', "1 link b c.md"],
  ["[a](b%20c.md?x=1#d%20e)", "1 link b c.md#d e"],
  ["[a](b\\(1\\).md) [c](d(1).md)", "1 link b(1).md", "1 link d(1).md"],
  ["[a [b] c](d.md)", "1 link d.md"],
  ["[![alt](i.png)](big.png)", "1 link big.png", "1 image i.png"],
  ["[a](b&amp;c.md)", "1 link b&c.md"],
  ["[a](#part)", "1 link #part"],
  ["[a](https://x.example/y?z#w)", "1 link https://x.example/y?z#w"],
  ["<https://x.example> <me@x.example>", "1 link https://x.example", "1 link mailto:me@x.example"],
  ["\n[use] [text][Use] [use][]\n\n[USE]: b.md 'title'", "2 link b.md", "2 link b.md", "2 link b.md"],
  ["[[a]] [[b#c|d]] [[#e]]", "1 wikilink a", "1 wikilink b#c|d", "1 wikilink #e"],
  ["![[a.png|300]] ![[b#^c]]", "1 embed a.png|300", "1 embed b#^c"],
  ["| a |\n|---|\n| [[b\\|c]] |", "3 wikilink b|c"],
  [
    "x\n<a href='b.md'>c</a>\n<img src=d.png srcset='e,f.png 1x, g.png 2x'>",
    "2 link b.md",
    "3 image d.png",
    "3 image e,f.png",
    "3 image g.png",
  ],
  ["<div>\n\n<img\nsrc='a.png'>\n</div>", "3 image a.png"],
  ["> - [a](b.md)\n> lazy [c](d.md)", "1 link b.md", "2 link d.md"],
  ["[^1]: note with [a](b.md)", "1 link b.md"],
])("[R1] finds the references of %j", (text, ...expected) => {
  expect(references(text)).toEqual(expected);
});

it.each([
  "---\nx: '[a](b.md)'\n---\n",
  "```\n[a](b.md)\n```\n",
  "~~~\n[a](b.md)\n```\n[[c]]",
  "    [a](b.md)",
  "- x\n\n      [a](b.md)",
  "`[a](b.md)` and ``[[c]] ` ``",
  "<!-- [a](b.md)\n[[c]] -->",
  "<!--\n\n[a](b.md)\n\n-->",
  "%% [a](b.md) %%",
  "%%\n\n[a](b.md)\n\n%%\n",
  "\\[a](b.md) [a\\](b.md) \\[[c]]",
  "<script>\nx = '<img src=\"a.png\">'\n</script>",
  "[unused]: b.md",
  "[a] (b.md) [[]] [ ](<a",
])("[R2] finds nothing in %j", (text) => {
  expect(references(text)).toEqual([]);
});

it("[R3] finds headings with level, text, anchor and line", () => {
  const { headings } = scan("---\nx: 1\n---\n# A *b*\nC `d`\n===\n## A b ##\n####### no\n").facts;
  expect(headings).toEqual([
    { level: 1, text: "A b", anchor: "a-b", line: 4 },
    { level: 1, text: "C d", anchor: "c-d", line: 5 },
    { level: 2, text: "A b", anchor: "a-b-1", line: 7 },
  ]);
});

it("[R4] finds block ids with the lines of their block", () => {
  const text = "one\ntwo ^p\n\n- item ^i\n- other\n\n> quote\n> more\n\n^q\n\n2^10 and ^ no\n`x ^code-like`";
  expect(scan(text).facts.blocks).toEqual([
    { id: "p", firstLine: 1, line: 2 },
    { id: "i", firstLine: 4, line: 4 },
    { id: "q", firstLine: 7, line: 10 },
  ]);
});

it("[R5] finds the ids of HTML elements", () => {
  expect(scan("<a name='x'></a> text\n\n<div id=\"y\">\n</div>").facts.elementIds).toEqual(["x", "y"]);
  expect(scan("none").facts).not.toHaveProperty("elementIds");
});

it.each([
  ["---\ntitle: T\n---\n# H", "T"],
  ["---\ntitle: 7\n---\n", "7"],
  ["## Two\n# *One*", "One"],
  ["## Two", null],
  ["", null],
])("[R6] %j has the title %j", (text, title) => {
  expect(scan(text).facts.title).toBe(title);
});

it.each([
  ["---\na: [\n---\n[x](y.md)", 3],
  ["---\n- a\n---\n[x](y.md)", 2],
  ["---\na: &a [x]\nb: *c\n---\n[x](y.md)", 2],
])("[R7] bad front matter %j is a problem on line %i, and the rest is found", (text, line) => {
  const { facts, problems } = scan(text);
  expect(problems.map(({ code, line: at }) => [code, at])).toEqual([["front-matter-unreadable", line]]);
  expect(facts.frontMatter).toEqual({});
  expect(facts.references).toHaveLength(1);
});

it("[R7] keeps front matter as JSON", () => {
  const { frontMatter } = scan(
    "\uFEFF---\r\na: 2020-01-01\r\nb: .inf\r\nc: [1, {d: ~}]\r\n__proto__: x\r\n---\r\n",
  ).facts;
  expect(JSON.parse(JSON.stringify(frontMatter))).toEqual(
    JSON.parse('{"a":"2020-01-01","b":"Infinity","c":[1,{"d":null}],"__proto__":"x"}'),
  );
});

it("[R8] scans HTML documents", () => {
  const text =
    "<title>A &amp; B</title>\n<h1 id=x>Head <i>ing</i></h1>\n<h2>Two</h2><p id=p>\n<a href='b.md#c'>x</a><!-- <img src=no.png> --><script>'<img src=no.png>'</script><img src='d.png'>";
  const { facts } = scan(text, "a.html");
  expect(facts).toMatchObject({ syntax: "html", title: "A & B", elementIds: ["p"] });
  expect(facts.headings).toEqual([
    { level: 1, text: "Head ing", anchor: "x", line: 2 },
    { level: 2, text: "Two", anchor: "two", line: 3 },
  ]);
  expect(references(text, "a.html")).toEqual(["4 link b.md#c", "4 image d.png"]);
});

it("[R9] agrees with a full parser on every example of the CommonMark specification", () => {
  const file = fileURLToPath(import.meta.resolve("commonmark-spec")).replace(/index\.js$/, "spec.txt");
  const specification = readFileSync(file, "utf8").replaceAll("→", "\t");
  const examples = [...specification.matchAll(/^`{32} example\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$/gm)];
  expect(examples).toHaveLength(652);
  const differing = examples.filter(
    ([, source = ""]) => foundByScan(source).join("\n") !== askMarkdownIt(source).join("\n"),
  );
  expect(differing.map(([, source]) => source)).toEqual([]);
});

it("[R9] agrees with a full parser on nearly every random text", () => {
  const signs =
    "[ ] ( ) < > ! ` `` \\ a b.md # - === --- | * _ %% &amp; : ^id [a] [[n]] ![[e#h|l]] ![i](p) [t](u) <div> </a>";
  const blocks = [
    "\n",
    "\n\n",
    "# ",
    "- ",
    "1. ",
    "> ",
    "    ",
    "\t",
    "[a]: x\n",
    "```\n",
    "<!--",
    "-->",
    "[^1]: ",
    '<a href="z">',
    "<img src='q'>",
  ];
  const part = fc.constantFrom(...signs.split(" "), " ", ...blocks);
  const texts = fc.sample(fc.array(part, { maxLength: 14 }), { numRuns: 4000, seed: 7 });
  const differing = texts
    .map((parts) => parts.join(""))
    .filter((text) => foundByScan(text).join("\n") !== askMarkdownIt(text).join("\n"));
  // What is left are texts such as a footnote inside a definition inside a list, of which no person writes any.
  expect(differing.length).toBeLessThan(8);
});

const hostile = [
  "[",
  "]",
  "![",
  "[[",
  "[a](",
  "[a](<",
  '[a](b "',
  "`",
  "``a`",
  "<a ",
  '<a x="',
  "<!--",
  "<",
  "%%",
  "> ",
  "- ",
  "[a]:\n",
  "[a]: b\n",
  "[a][",
  "\\",
  "&",
  "|a",
  "|\n|-|\n",
  "^a\n",
  "#",
  "# a\n",
  "<b\n",
  "<script>",
  "1. ",
  "\t",
  "a [b] ",
  "*a _",
  "---\n",
  "%%\n",
];

it.each(hostile)("[R10] scans %j, many times over, in linear time", (part) => {
  const time = (count: number): number => {
    const start = process.cpuUsage();
    scan(part.repeat(count));
    scan(`x\n\n[d]: e\n\n${part.repeat(count)}`);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  time(2_000);
  expect(time(40_000)).toBeLessThan(2500);
});

it.each(["<b>", "</b>", "<a href='x'>", "<h1>", "<h1 id=x", "<!--", "<title>", "<a a=1 ", "&amp;"])(
  "[R10] scans HTML of %j, many times over, in linear time",
  (part) => {
    const start = process.cpuUsage();
    scan(part.repeat(40_000), "a.html");
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(2500);
  },
);

it("[R10] never throws, whatever the text holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom("a.md", "a.html"), (text, name) => {
      expect(scan(text, name).facts.type).toBe("document");
    }),
  );
});

it("[R11] tells of mdBook's includes once, at the line of the first", () => {
  const text = [
    "---\ntitle: T\n---\n\\{{#include no.md}} {{#if x}} {{#include}}\n",
    "```rust\n{{#rustdoc_include ../listings/a.rs:2:10}}\n{{#include b.rs:here }}\n```\n",
  ].join("\n");
  expect(scan(text).problems).toMatchObject([
    {
      code: "mdbook-include",
      path: "a.md",
      line: 7,
      message:
        'mdBook\'s include of "../listings/a.rs:2:10" is not carried out and shows as it is written, and 1 more in this document.',
    },
  ]);
  expect(scan("{{#include a.md}}", "a.html").problems).toEqual([]);
  expect(scan("{{ #include a.md }}").problems).toEqual([]);
});

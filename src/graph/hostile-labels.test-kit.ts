import fc from "fast-check";
import type { Drawing } from "./drawing.ts";

/** Labels that break careless writers: syntax of the formats, escapes, reserved words, control signs, beyond ASCII. */
const hostileLabels = [
  "",
  " ",
  "end",
  "subgraph",
  "graph",
  "style a:b#c;",
  "classDef x:#f;",
  "click",
  "__proto__",
  "constructor",
  '"',
  '\\"',
  "\\",
  "\\\\",
  "\\N\\G\\n\\l",
  "a\\",
  "&lt;b&gt;&#39;",
  "<b>bold</b>",
  "<br/>",
  "]]>",
  "-->",
  "|",
  "a -> b",
  "];",
  "}",
  "%% note",
  "%%{init: {}}%%",
  "---",
  "`code`",
  "**bold**",
  "1. first",
  "- item",
  "#35;",
  "#quot;",
  "ﬂ°°35¶ß",
  "a.b-c/d",
  "line\nline",
  "line\r\nline\rline",
  "\n",
  "\t",
  "\0",
  "\u{7f}",
  "\u{85}\u{2028}",
  "é",
  "😀",
  "\u{202e}abc",
  "\ud800",
  "a\udfffb",
  "\u{ffff}",
  "x".repeat(20_000),
];

const syntax = '"\\#&;<>|[]{}()n\n%-`:'.split("");

export const label: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileLabels),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.array(fc.constantFrom(...hostileLabels.slice(0, -1)), { maxLength: 3 }).map((parts) => parts.join("")),
  fc.string({ unit: fc.constantFrom(...syntax), maxLength: 8 }),
);

/** Drawings with hostile labels on nodes and edges, parallel edges and self loops. */
export const drawings: fc.Arbitrary<Drawing> = fc.integer({ min: 1, max: 6 }).chain((count) =>
  fc.record({
    name: label,
    nodes: fc.array(fc.record({ label, shape: fc.constantFrom("box" as const, "round" as const) }), {
      minLength: count,
      maxLength: count,
    }),
    edges: fc.array(
      fc.oneof(
        fc.record({ source: fc.nat(count - 1), target: fc.nat(count - 1), label }),
        fc.record({ source: fc.nat(count - 1), target: fc.nat(count - 1) }),
      ),
      { maxLength: 6 },
    ),
  }),
);

import { createRequire } from "node:module";
import MarkdownIt from "markdown-it";
import { expect, it } from "vitest";
import { useLeanStates } from "./markdown-lean-state.ts";

const { text } = createRequire(import.meta.url)("commonmark-spec") as { readonly text: string };

it("[D1] parses with lean states exactly as without", () => {
  const plain = new MarkdownIt({ html: true });
  const lean = new MarkdownIt({ html: true });
  useLeanStates(lean);
  for (const part of text.split(/^`{32}.*$/m)) {
    expect(JSON.parse(JSON.stringify(lean.parse(part, {})))).toEqual(
      JSON.parse(JSON.stringify(plain.parse(part, {}))),
    );
  }
});

import highlighter from "highlight.js/lib/common";
import { escapeHtml } from "./escape-html.ts";
import type { CodeBlock } from "./markdown-state.ts";

/** Raise when the same code would now be marked up otherwise: part of the key under which it is kept. */
export const highlightVersion = 1;

/** Characters above which code is shown as it is: grammars are regular expressions, and some are slow. */
const longest = 50_000;

/** Whether code is worth looking up and marking up: a known language, and not too long. */
export function canHighlight({ code, language }: CodeBlock): boolean {
  return language !== "" && code.length <= longest && highlighter.getLanguage(language) !== undefined;
}

/** Code as HTML with `hljs-…` spans, or escaped alone where it cannot be marked up. About 0.06 ms a block. */
export function highlightCode(block: CodeBlock): string {
  if (!canHighlight(block)) return escapeHtml(block.code);
  try {
    return highlighter.highlight(block.code, { language: block.language, ignoreIllegals: true }).value;
  } catch {
    // A grammar of the library failed on this text.
    return escapeHtml(block.code);
  }
}

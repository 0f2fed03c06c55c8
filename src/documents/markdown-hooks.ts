import type { TargetParts } from "./reference-target.ts";
import type { Shown } from "./render-picture.ts";
import type { LinkTags } from "./render-references.ts";

/** What the engine leaves to its caller. `line` is 1-based in the file; every answer is safe HTML. */
export type RenderHooks = {
  link(address: string, title: string, line: number): LinkTags;
  image(address: string, shown: Shown, line: number): string;
  wikilink(parts: TargetParts, line: number): string;
  embed(parts: TargetParts, line: number): string;
  /** Whether an embed cannot stand inside a paragraph. */
  isBlock(parts: TargetParts): boolean;
  html(raw: string, line: number): string;
  /** The inside of `<code>` for the block with this index among `codeBlocks`. */
  code(index: number): string;
};

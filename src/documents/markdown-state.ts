import type { Env, Token } from "markdown-it";
import { invariant } from "../base/invariant.ts";
import type { Heading } from "../model/facts.ts";
import type { RenderHooks } from "./markdown-hooks.ts";

/** A block of code as the document writes it. */
export type CodeBlock = {
  readonly code: string;
  /** The first word behind the fence, in lower case, or "". */
  readonly language: string;
};

/** What the rules of one parse share. */
export type ParseState = {
  /** What is to be kept: `null` for the whole document, else the anchor of a section or `^id` of a block. */
  readonly part: string | null;
  /** Fragments stand in foreign pages, where their ids would collide. */
  readonly ids: "kept" | "dropped";
  /** Lines of the file before the first line of the source. */
  readonly lineOffset: number;
  readonly lineCount: number;
  readonly headings: Heading[];
  readonly codeBlocks: CodeBlock[];
  /** Source of the first paragraph at the top level, or `null`. */
  firstParagraph: string | null;
  hasHtml: boolean;
  /** Whether blocks stood deeper than can be rendered and were left out. */
  tooDeep: boolean;
  /** Whether the part that was asked for is there. */
  found: boolean;
};

/** What the rules of one rendering share. */
export type RenderState = {
  readonly hooks: RenderHooks;
  readonly openLinks: string[];
};

/** The environment of a parse, which markdown-it hands to every rule. */
export function createEnvironment(parse: ParseState, docId: string | null): Env {
  return docId === null ? { parse } : { parse, docId };
}

export function parseStateOf(env: Env): ParseState {
  invariant(env.parse !== undefined, "every parse has its state");
  return env.parse as ParseState;
}

export function renderStateOf(env: Env | undefined): RenderState {
  invariant(env?.render !== undefined, "every rendering has its state");
  return env.render as RenderState;
}

/** What a token of ours carries in `meta`. */
export function metaOf<T>(token: Token | undefined): T {
  return (token?.meta ?? {}) as T;
}

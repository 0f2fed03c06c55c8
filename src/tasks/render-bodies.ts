import type { ProjectPath } from "../base/project-path.ts";
import { loadHasher, type Hasher } from "../base/xxhash.ts";
import { invariant } from "../base/invariant.ts";
import type { Fault } from "../base/fault.ts";
import { canHighlight, highlightCode, highlightVersion } from "../documents/highlight.ts";
import type { CodeBlock } from "../documents/markdown-state.ts";
import {
  codeBlocks,
  prepareDocument,
  renderBody,
  type DocumentText,
  type PreparedDocument,
  type RenderedBody,
} from "../documents/render-document.ts";
import { escapeHtml } from "../documents/escape-html.ts";
import type { ContentHash } from "../model/ids.ts";
import type { ResolvedReferences } from "../model/render.ts";
import type { SourceBytes } from "../model/source.ts";
import { mapConcurrently } from "./concurrently.ts";
import type { TaskContext } from "./contract.ts";
import { decodeText } from "./decode-text.ts";
import { readSource, type ReadLog, type SourceRead } from "./read-source.ts";
import { startStopwatch } from "./stopwatch.ts";

/** One document of a batch, or one part of it. */
export type BodyRequest = Omit<DocumentText, "text"> & {
  readonly bytes: SourceBytes;
  readonly references: ResolvedReferences;
};

export type BodyResult = {
  readonly durationMs: number;
  /** Files whose bytes were read for it. */
  readonly read: readonly ProjectPath[];
} & ({ readonly ok: true; readonly body: RenderedBody } | { readonly ok: false; readonly fault: Fault });

/** Files read at once: more gains nothing, since reading is bound by the browser's own process. */
const readsInFlight = 8;

/**
 * Renders the bodies of a batch, in the order of the requests. The whole batch asks the store once for fragments and
 * the cache once for highlighted code; only code that the cache does not have is marked up.
 */
export async function renderBodies(
  requests: readonly BodyRequest[],
  context: TaskContext,
): Promise<readonly BodyResult[]> {
  const hasher = await loadHasher();
  const opened = await mapConcurrently(requests, readsInFlight, async (request) => {
    const elapsed = startStopwatch();
    const reads: ReadLog = new Set();
    const read = await readSource(request.path, request.bytes, { artifacts: context.artifacts, reads });
    return { request, read, reads, milliseconds: elapsed() };
  });
  const fragments = await loadFragments(requests, context);
  const drafts = opened.map(({ request, read }) => draft(request, read, hasher));
  const code = await highlightAll(drafts, context);
  return opened.map(({ request, reads, milliseconds }, i) => {
    context.signal.throwIfAborted();
    const elapsed = startStopwatch();
    const one = drafts[i];
    invariant(one !== undefined, "every document read has its draft");
    const result = finish(request, one, { fragments, code });
    return { ...result, read: [...reads], durationMs: milliseconds + one.milliseconds + elapsed() };
  });
}

type Draft = { readonly milliseconds: number } & (
  | { readonly ok: true; readonly prepared: PreparedDocument; readonly blocks: readonly KeyedBlock[] }
  | { readonly ok: false; readonly fault: Fault }
);

/** `key` is `null` for code that is shown as it is. */
type KeyedBlock = { readonly block: CodeBlock; readonly key: string | null };

function draft(request: BodyRequest, read: SourceRead, hasher: Hasher): Draft {
  const elapsed = startStopwatch();
  if (!read.ok) return { ok: false, fault: read.fault, milliseconds: 0 };
  const { path, syntax, part } = request;
  const prepared = prepareDocument({ path, syntax, part, text: decodeText(read.bytes).text });
  const blocks = codeBlocks(prepared).map((block) => ({ block, key: keyOf(block, hasher) }));
  return { ok: true, prepared, blocks, milliseconds: elapsed() };
}

function keyOf(block: CodeBlock, hasher: Hasher): string | null {
  if (!canHighlight(block)) return null;
  return hasher.text(`${highlightVersion}\n${block.language}\n${block.code}`);
}

/** The HTML of every embedded fragment of the batch; those that the store lost are not in it. */
async function loadFragments(
  requests: readonly BodyRequest[],
  context: TaskContext,
): Promise<ReadonlyMap<ContentHash, string>> {
  const hashes = [...new Set(requests.flatMap(fragmentsOf))];
  const fragments = new Map<ContentHash, string>();
  if (hashes.length === 0) return fragments;
  const found = await context.artifacts.getMany(hashes);
  for (const [i, hash] of hashes.entries()) {
    const bytes = found[i];
    if (bytes !== undefined) fragments.set(hash, decodeText(bytes).text);
  }
  return fragments;
}

function fragmentsOf({ references }: Pick<BodyRequest, "references">): ContentHash[] {
  return Object.values(references).flatMap((reference) =>
    reference.type === "fragment" ? [reference.hash] : [],
  );
}

/** Highlighted code by key, of the whole batch. */
async function highlightAll(
  drafts: readonly Draft[],
  context: TaskContext,
): Promise<ReadonlyMap<string, string>> {
  const blocks = new Map<string, CodeBlock>();
  for (const one of drafts) {
    if (!one.ok) continue;
    for (const { block, key } of one.blocks) if (key !== null) blocks.set(key, block);
  }
  const keys = [...blocks.keys()];
  if (keys.length === 0) return new Map();
  const known = await context.highlighted.getMany(keys);
  const code = new Map<string, string>();
  const made: [string, string][] = [];
  for (const [i, [key, block]] of [...blocks].entries()) {
    const html = known[i] ?? highlightCode(block);
    if (known[i] === undefined) made.push([key, html]);
    code.set(key, html);
  }
  if (made.length > 0) await context.highlighted.putMany(made);
  return code;
}

type Supplies = {
  readonly fragments: ReadonlyMap<ContentHash, string>;
  readonly code: ReadonlyMap<string, string>;
};

function finish(
  request: BodyRequest,
  one: Draft,
  { fragments, code }: Supplies,
): { ok: true; body: RenderedBody } | { ok: false; fault: Fault } {
  if (!one.ok) return { ok: false, fault: one.fault };
  if (fragmentsOf(request).some((hash) => !fragments.has(hash))) {
    return { ok: false, fault: fragmentLost(request) };
  }
  const inside = one.blocks.map(
    ({ block, key }) => (key === null ? undefined : code.get(key)) ?? escapeHtml(block.code),
  );
  const { references } = request;
  return { ok: true, body: renderBody(one.prepared, { references, fragments, code: inside }) };
}

function fragmentLost({ path }: Pick<BodyRequest, "path">): Fault {
  return {
    code: "fragment-lost",
    severity: "error",
    message: `The browser no longer holds a note that ${path} embeds.`,
    remedy: "Build again with everything made anew.",
  };
}

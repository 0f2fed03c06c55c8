import { invariant, unreachable } from "../base/invariant.ts";
import type { ProjectPath } from "../base/project-path.ts";
import type { PageFrame, ResolvedReference, ResolvedReferences } from "../model/render.ts";
import type { SourceBytes } from "../model/source.ts";
import type { TaskItem } from "../model/wire.ts";
import type { CopyInput } from "../tasks/copy/spec.ts";
import type { EmitInput } from "../tasks/emit/spec.ts";
import type { RenderFragmentInput } from "../tasks/render-fragment/spec.ts";
import type { RenderListingInput } from "../tasks/render-listing/spec.ts";
import type { RenderPageInput } from "../tasks/render-page/spec.ts";
import type { TranscodeInput } from "../tasks/transcode/spec.ts";
import type { Known } from "./key-parts.ts";
import type { PlannedReference, PlannedReferences, Surroundings, Target, TargetOf } from "./target.ts";

/** What an item is made from beyond the known state: where the bytes of the files are. */
export type Inputs = Known & { readonly bytes: ReadonlyMap<ProjectPath, SourceBytes> };

/** The item that makes a target whose inputs are all done. Variants of one source are asked for together. */
export function taskItem(target: Exclude<Target, { kind: "variant" }>, inputs: Inputs): TaskItem {
  return { resourceId: target.id, input: taskInput(target, inputs) };
}

/** The one item that makes several variants of the same source, which is decoded once for all. */
export function transcodeItem(variants: readonly TargetOf<"variant">[], inputs: Inputs): TaskItem {
  const [first] = variants;
  invariant(first !== undefined, "a transcode item has variants");
  const { path } = first;
  const facts = inputs.sources.get(path)?.facts;
  invariant(facts?.type === "image", "variants are planned for images alone");
  const input: TranscodeInput = {
    path,
    bytes: bytesOf(inputs, path),
    facts,
    shrink: first.shrink,
    variants: variants.map(({ id, width, format, quality }) => ({ resourceId: id, width, format, quality })),
  };
  return { resourceId: first.id, input };
}

function taskInput(
  target: Exclude<Target, { kind: "variant" }>,
  inputs: Inputs,
): RenderPageInput | RenderFragmentInput | RenderListingInput | CopyInput | EmitInput {
  switch (target.kind) {
    case "page":
      return pageInput(target, inputs);
    case "fragment":
      return fragmentInput(target, inputs);
    case "listing":
      return { entries: target.entries, frame: frameOf(target, inputs), layout: layoutOf(target, inputs) };
    case "copy":
      return copyInput(target, inputs);
    case "feed":
      return target.emit;
    default:
      return unreachable(target);
  }
}

function pageInput(target: TargetOf<"page">, inputs: Inputs): RenderPageInput {
  return {
    path: target.path,
    syntax: syntaxOf(inputs, target.path),
    bytes: bytesOf(inputs, target.path),
    references: settle(target.references, inputs),
    frame: frameOf(target, inputs),
    layout: layoutOf(target, inputs),
  };
}

function fragmentInput(target: TargetOf<"fragment">, inputs: Inputs): RenderFragmentInput {
  return {
    part: { path: target.path, anchor: target.anchor },
    syntax: syntaxOf(inputs, target.path),
    bytes: bytesOf(inputs, target.path),
    references: settle(target.references, inputs),
  };
}

function copyInput(target: TargetOf<"copy">, inputs: Inputs): CopyInput {
  const hash = inputs.sources.get(target.path)?.contentHash;
  invariant(hash !== undefined, "a copy has a source");
  return { path: target.path, bytes: bytesOf(inputs, target.path), hash };
}

function frameOf(target: TargetOf<"page"> | TargetOf<"listing">, inputs: Inputs): PageFrame {
  const { sitePath, title, navigation, backlinks } = target;
  invariant(sitePath !== null, "a page has a place in the site");
  return { ...inputs.frame, sitePath, title, navigation, backlinks };
}

function layoutOf({ layout }: Surroundings, inputs: Inputs): RenderPageInput["layout"] {
  return layout === null ? null : { path: layout, bytes: bytesOf(inputs, layout) };
}

function syntaxOf(inputs: Inputs, path: ProjectPath): "markdown" | "html" {
  const facts = inputs.sources.get(path)?.facts;
  return facts?.type === "document" ? facts.syntax : "markdown";
}

function bytesOf(inputs: Inputs, path: ProjectPath): SourceBytes {
  const bytes = inputs.bytes.get(path);
  invariant(bytes !== undefined, "a task runs after an intake, which knows where the bytes are");
  return bytes;
}

function settle(references: PlannedReferences, inputs: Inputs): ResolvedReferences {
  return Object.fromEntries(
    Object.entries(references).map(([key, planned]) => [key, settleOne(planned, inputs)]),
  );
}

function settleOne(planned: PlannedReference, inputs: Inputs): ResolvedReference {
  if (planned.type !== "fragment") return planned;
  const { fragment, ...rest } = planned;
  const hash = inputs.outputs.get(fragment)?.artifact?.hash;
  invariant(hash !== undefined, "a fragment is done before what embeds it");
  return { ...rest, hash };
}

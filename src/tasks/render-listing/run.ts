import { invariant } from "../../base/invariant.ts";
import { listingContent } from "../../documents/page-listing.ts";
import type { RunTask } from "../contract.ts";
import { assemblePage } from "../assemble-page.ts";
import { readLayouts, type LayoutRead } from "../read-layouts.ts";
import { startStopwatch } from "../stopwatch.ts";
import { storeTexts, type TextOutput } from "../store-texts.ts";
import type { RenderListingInput } from "./spec.ts";

/** Makes the page of each folder that has no index document. */
export const run: RunTask = async (items, context) => {
  const inputs = items.map((item) => item.input as RenderListingInput);
  const layouts = await readLayouts(
    inputs.map(({ layout }) => layout),
    context,
  );
  const outputs = layouts.map((layout, i) => finish(inputs[i], layout));
  return storeTexts(items, outputs, context);
};

function finish(input: RenderListingInput | undefined, layout: LayoutRead): TextOutput {
  const elapsed = startStopwatch();
  invariant(input !== undefined, "every item has its layout");
  const page = assemblePage(listingContent(input.entries), input.frame, layout);
  if (!page.ok) return { ok: false, fault: page.fault, durationMs: elapsed() };
  const read = layout.ok ? layout.read : [];
  return { ok: true, text: page.html, type: "text/html", problems: [], read, durationMs: elapsed() };
}

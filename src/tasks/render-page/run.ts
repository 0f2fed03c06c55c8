import { invariant } from "../../base/invariant.ts";
import { assemblePage } from "../assemble-page.ts";
import type { RunTask } from "../contract.ts";
import { readLayouts, type LayoutRead } from "../read-layouts.ts";
import { renderBodies, type BodyResult } from "../render-bodies.ts";
import { startStopwatch } from "../stopwatch.ts";
import { storeTexts, type TextOutput } from "../store-texts.ts";
import type { RenderPageInput } from "./spec.ts";

/** Makes the finished page of each document. */
export const run: RunTask = async (items, context) => {
  const inputs = items.map((item) => item.input as RenderPageInput);
  const layouts = await readLayouts(
    inputs.map(({ layout }) => layout),
    context,
  );
  const bodies = await renderBodies(
    inputs.map((input) => ({ ...input, part: { type: "page" } })),
    context,
  );
  const outputs = inputs.map((input, i) => finish(input, bodies[i], layouts[i]));
  return storeTexts(items, outputs, context);
};

function finish(
  input: RenderPageInput,
  body: BodyResult | undefined,
  layout: LayoutRead | undefined,
): TextOutput {
  const elapsed = startStopwatch();
  invariant(body !== undefined && layout !== undefined, "every document has its body and its layout");
  if (!body.ok) return body;
  const page = assemblePage(body.body, input.frame, layout);
  const durationMs = body.durationMs + elapsed();
  if (!page.ok) return { ok: false, fault: page.fault, durationMs };
  const read = [...body.read, ...(layout.ok ? layout.read : [])];
  return { ok: true, text: page.html, type: "text/html", problems: body.body.problems, read, durationMs };
}

import type { RunTask } from "../contract.ts";
import { renderBodies, type BodyResult } from "../render-bodies.ts";
import { storeTexts, type TextOutput } from "../store-texts.ts";
import type { RenderFragmentInput } from "./spec.ts";

/** Makes the HTML of each embedded note or section. */
export const run: RunTask = async (items, context) => {
  const inputs = items.map((item) => item.input as RenderFragmentInput);
  const bodies = await renderBodies(
    inputs.map(({ part, syntax, bytes, references }) => ({
      path: part.path,
      syntax,
      bytes,
      references,
      part: { type: "fragment", anchor: part.anchor },
    })),
    context,
  );
  const outputs = bodies.map(outputOf);
  return storeTexts(items, outputs, context);
};

function outputOf(result: BodyResult): TextOutput {
  if (!result.ok) return result;
  const { durationMs, body, read } = result;
  return { ok: true, text: body.html, type: "text/html", problems: body.problems, read, durationMs };
}

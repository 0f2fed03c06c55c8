import { renderSitemap } from "../../documents/sitemap.ts";
import { stylesheet } from "../../documents/stylesheet.ts";
import type { RunTask } from "../contract.ts";
import { startStopwatch } from "../stopwatch.ts";
import { storeTexts, type TextOutput } from "../store-texts.ts";
import type { EmitInput } from "./spec.ts";

const mediaTypes = { stylesheet: "text/css", sitemap: "application/xml" } as const;

/** Makes the small files that belong to the project as a whole. */
export const run: RunTask = async (items, context) => {
  const outputs = items.map((item): TextOutput => {
    const elapsed = startStopwatch();
    const input = item.input as EmitInput;
    const text = textOf(input);
    return { ok: true, text, type: mediaTypes[input.type], problems: [], read: [], durationMs: elapsed() };
  });
  return storeTexts(items, outputs, context);
};

function textOf(input: EmitInput): string {
  return input.type === "stylesheet" ? stylesheet : renderSitemap(input.baseUrl, input.pages);
}

import { buffersOf, packRows } from "../../src/circuit/crossing/pack-rows.ts";
import { nodeRows } from "./node-rows.ts";

/** What the page asks for: so many rows, in one of the two forms. */
export type Ask = { readonly count: number; readonly form: "objects" | "columns" };

const made = new Map<number, ReturnType<typeof nodeRows>>();

addEventListener("message", ({ data: { count, form } }: MessageEvent<Ask>) => {
  const rows = made.get(count) ?? nodeRows(count);
  made.set(count, rows);
  const start = performance.now();
  if (form === "objects") postMessage(rows);
  else {
    const pack = packRows(rows);
    postMessage(pack, { transfer: buffersOf([pack]) });
  }
  // A second message, so that its own time is in none of the figures.
  postMessage(performance.now() - start);
});

import type { NodeRow } from "../../src/model/view-rows.ts";

const kinds = ["document", "image", "page", "variant"] as const;
const statuses = ["DONE", "RUNNING", "PENDING"] as const;
const causes = ["its file changed", "", "it was never built"];

/** Rows like those of a site: most texts are different, a few repeat. */
export function nodeRows(count: number): readonly NodeRow[] {
  return Array.from({ length: count }, (_, i) => ({
    key: `page:${hex(i)}`,
    kind: kinds[i % 4] ?? "page",
    label: `guides/chapter-${i % 50}/page-${i}.md`,
    status: statuses[i % 3] ?? "DONE",
    generation: i % 5,
    cause: causes[i % 3] ?? "",
    durationMs: i % 2 === 0 ? null : i * 1.37,
    bytes: i * 31,
    sitePath: i % 4 === 0 ? null : `guides/chapter-${i % 50}/page-${i}.html`,
    hash: hex(i * 3),
    cached: i % 2 === 0,
  }));
}

function hex(value: number): string {
  return (Math.imul(value + 1, 2654435761) >>> 0).toString(16).padStart(8, "0").repeat(2);
}

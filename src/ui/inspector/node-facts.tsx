import type { ReactNode } from "react";
import type { NodeRow } from "../../model/view-rows.ts";
import { formatBytes } from "../format/bytes.ts";
import { formatDuration } from "../format/duration.ts";
import { kindWords } from "../status/kind-words.ts";

/** The plain facts of a node's row. */
export function NodeFacts({ row }: { readonly row: NodeRow }): ReactNode {
  const facts: readonly { readonly name: string; readonly value: ReactNode }[] = [
    { name: "Kind", value: kindWords[row.kind] },
    { name: "Generation", value: row.generation },
    { name: "Size", value: row.bytes === null ? "none yet" : formatBytes(row.bytes) },
    { name: "Time", value: durationWords(row) },
    { name: "In the site", value: row.sitePath === null ? "not part of it" : <code>{row.sitePath}</code> },
    { name: "Hash", value: row.hash === null ? "none yet" : <code>{row.hash}</code> },
  ];
  return (
    <section className="inspector-section" aria-label="Facts">
      <dl className="facts">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="numeric">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function durationWords(row: NodeRow): string {
  if (row.durationMs === null) return row.generation === 0 ? "not built, only read" : "never ran";
  return `${formatDuration(row.durationMs)}${row.cached ? ", output reused" : ""}`;
}

import type { ReactNode } from "react";
import type { NodeRow } from "../../model/view-rows.ts";
import { formatBytes } from "../format/bytes.ts";
import { formatDuration } from "../format/duration.ts";
import { kindWords } from "../status/kind-words.ts";

/** The plain facts of a node's row. */
export function NodeFacts({ row }: { readonly row: NodeRow }): ReactNode {
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    ["Kind", kindWords[row.kind]],
    ["Generation", row.generation],
    ["Size", row.bytes === null ? "none yet" : formatBytes(row.bytes)],
    ["Time", durationWords(row)],
    ["In the site", row.sitePath === null ? "not part of it" : <code>{row.sitePath}</code>],
    ["Hash", row.hash === null ? "none yet" : <code>{row.hash}</code>],
  ];
  return (
    <section className="inspector-section" aria-label="Facts">
      <dl className="facts">
        {facts.map(([name, value]) => (
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

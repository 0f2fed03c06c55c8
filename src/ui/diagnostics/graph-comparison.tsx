import { useState, type ReactNode } from "react";
import type { GraphComparison, GraphDiagnostics, GraphEdge } from "../../model/diagnostics.ts";
import { formatCount } from "../format/count.ts";
import { formatTime } from "../format/time.ts";
import { useNow } from "../live/use-now.ts";
import { NameList } from "./name-list.tsx";
import { useComparison } from "./use-diagnostics.ts";

/** The present graph beside an earlier one that the person chooses. */
export function CompareGraphs({ signature, kept }: Pick<GraphDiagnostics, "signature" | "kept">): ReactNode {
  const [chosen, setChosen] = useState("");
  const now = useNow();
  const earlier = kept.filter((graph) => graph.signature !== signature);
  const comparison = useComparison(chosen === "" ? null : chosen, signature);
  if (earlier.length === 0) return <p>There is no earlier graph yet: this is the only shape built so far.</p>;
  return (
    <>
      <label>
        Compare with{" "}
        <select className="field" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value="">choose a graph</option>
          {earlier.map((graph) => (
            <option key={graph.signature} value={graph.signature}>
              {`version ${graph.version}, ${formatTime(graph.createdAt, now)}`}
            </option>
          ))}
        </select>
      </label>
      {comparison !== undefined && <Differences comparison={comparison} />}
    </>
  );
}

function Differences({ comparison }: { readonly comparison: GraphComparison }): ReactNode {
  const { added, removed, changed, addedEdges, removedEdges } = comparison;
  const lists: readonly (readonly [words: string, names: readonly string[]])[] = [
    ["added", added],
    ["removed", removed],
    ["changed", changed],
    ["new requirements", addedEdges.map(sayEdge)],
    ["dropped requirements", removedEdges.map(sayEdge)],
  ];
  const filled = lists.filter(([, names]) => names.length > 0);
  if (filled.length === 0) return <p>Both graphs are the same.</p>;
  return filled.map(([words, names]) => (
    <section key={words}>
      <h3>
        {formatCount(names.length)} {words}
      </h3>
      {areThere.has(words) ? <NameList names={names} /> : <PlainList lines={names} />}
    </section>
  ));
}

/** The lists of names that the present graph has, and can show. */
const areThere: ReadonlySet<string> = new Set(["added", "changed"]);
const sayEdge = ({ first, then }: GraphEdge): string => `${first} → ${then}`;
const shown = 200;

function PlainList({ lines }: { readonly lines: readonly string[] }): ReactNode {
  return (
    <ul className="name-list">
      {lines.slice(0, shown).map((line) => (
        <li key={line}>{line}</li>
      ))}
      {lines.length > shown && <li>and {formatCount(lines.length - shown)} more</li>}
    </ul>
  );
}

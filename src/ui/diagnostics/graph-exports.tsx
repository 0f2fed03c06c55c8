import type { ReactNode } from "react";
import { graphFormats, type GraphFormat } from "../../model/diagnostics.ts";
import { useSession } from "../session-context.ts";

const words: Readonly<Record<GraphFormat, string>> = {
  dot: "DOT",
  mermaid: "Mermaid",
  json: "JSON",
  dependencies: "Dependencies",
  hamilton: "Hamilton",
};

/** Buttons that save the graph as a file. */
export function GraphExports(): ReactNode {
  const session = useSession();
  return (
    <div className="graph-exports" role="group" aria-label="Export the graph">
      {graphFormats.map((format) => (
        <button
          key={format}
          type="button"
          className="button"
          onClick={() => void session.exportGraph(format)}
        >
          {words[format]}
        </button>
      ))}
    </div>
  );
}

import { Fragment, type ReactNode } from "react";
import type { CycleReport } from "../../model/diagnostics.ts";
import { NodeName } from "./name-list.tsx";

/** Every cycle with its shortest path and what to take out of it. */
export function CycleList({ cycles }: { readonly cycles: readonly CycleReport[] }): ReactNode {
  if (cycles.length === 0) return <p>None. Every task has its place in the order.</p>;
  return (
    <ol className="cycle-list">
      {cycles.map((cycle) => (
        <li key={cycle.path.join(" ")}>
          <p>
            {cycle.path.map((id) => (
              <Fragment key={id}>
                <NodeName id={id} /> waits for{" "}
              </Fragment>
            ))}
            <NodeName id={cycle.path[0] ?? ""} />
          </p>
          <p>To break it, take out:</p>
          <ul>
            {cycle.cuts.map(({ rule, input }) => (
              <li key={`${rule} ${input}`}>
                <NodeName id={input} /> from <NodeName id={rule} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

import { useState, type ReactNode } from "react";
import type { RunRow } from "../../model/view-rows.ts";
import type { LiveView } from "../../session/contract.ts";
import { useDerived } from "../live/use-live-view.ts";
import { useViews } from "../session-context.ts";
import { RunDetails } from "./run-details.tsx";
import { RunList } from "./run-list.tsx";
import "./runs-panel.css";

/** The runs that are kept, the newest first, and all that is known of one: the newest until another is chosen. */
export function RunsPanel(): ReactNode {
  const runs = useDerived(useViews().run, newestFirst);
  const [chosen, setChosen] = useState<string | null>(null);
  const run = runs.find(({ key }) => key === chosen) ?? runs[0];
  if (run === undefined) {
    return (
      <div className="empty">
        <strong>No runs yet</strong>
        <p>Each build is listed here: what it did, what it could reuse, and where its time went.</p>
      </div>
    );
  }
  return (
    <div className="runs">
      <RunList
        runs={runs}
        selected={run.key}
        // The newest stays the newest: who looks at it goes on with the run that comes.
        onSelect={(key) => setChosen(key === runs[0]?.key ? null : key)}
      />
      <RunDetails run={run} />
    </div>
  );
}

function newestFirst(view: LiveView<RunRow>): readonly RunRow[] {
  return [...view.rows()].sort((a, b) => b.startedAt - a.startedAt);
}

import type { ReactNode } from "react";
import { formatDuration } from "../format/duration.ts";

type PhaseBarProps = { readonly phases: readonly (readonly [phase: string, ms: number])[] };

/** The share of each phase as a bar, with the same in words for those who do not see it. */
export function PhaseBar({ phases }: PhaseBarProps): ReactNode {
  const total = phases.reduce((sum, [, ms]) => sum + ms, 0);
  if (total === 0) return null;
  return (
    <div className="phase-bar">
      <div aria-hidden="true">
        {phases.map(([phase, ms]) => (
          <span key={phase} data-phase={phase} style={{ flexGrow: ms }} />
        ))}
      </div>
      <ul aria-label="Phases">
        {phases.map(([phase, ms]) => (
          <li key={phase} data-phase={phase}>
            {phase} <span className="numeric">{formatDuration(ms)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

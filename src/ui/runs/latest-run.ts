import type { RunPhase, RunRow } from "../../model/view-rows.ts";
import { newestRun } from "../../session/app-queries.ts";
import { formatCount } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { useOnlyRow } from "../live/use-live-view.ts";
import { useSession } from "../session-context.ts";

export const phaseWords: Readonly<Record<RunPhase, string>> = {
  scanning: "Scanning",
  fetching: "Fetching",
  planning: "Planning",
  building: "Building",
  publishing: "Publishing",
  done: "Up to date",
  failed: "Finished with failures",
  cancelled: "Cancelled",
};

export function isActive(run: RunRow | undefined): boolean {
  return run !== undefined && run.endedAt === null;
}

/** The newest run, or `undefined` before the first. */
export function useLatestRun(): RunRow | undefined {
  return useOnlyRow(useSession().view("newest run", newestRun));
}

/** What a run did or is doing, as short parts to be set side by side. */
export function describeRun(run: RunRow): readonly string[] {
  const parts: string[] = [];
  if (isActive(run)) {
    if (run.total > 0) parts.push(`${formatCount(run.settled)} / ${formatCount(run.total)}`);
  } else parts.push(`${formatCount(run.built)} built`);
  if (run.reused > 0) parts.push(`${formatCount(run.reused)} reused`);
  if (run.failed > 0) parts.push(`${formatCount(run.failed)} failed`);
  if (run.poisoned > 0) parts.push(`${formatCount(run.poisoned)} held back`);
  if (!isActive(run)) parts.push(formatDuration((run.endedAt ?? run.startedAt) - run.startedAt));
  else {
    if (run.rate > 0) parts.push(`${formatCount(Math.round(run.rate))}/s`);
    if (run.timeLeft !== null) parts.push(`${formatDuration(run.timeLeft)} left`);
  }
  return parts;
}

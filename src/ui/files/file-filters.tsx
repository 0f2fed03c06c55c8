import type { ReactNode } from "react";
import { formatCount } from "../format/count.ts";
import { kindOrder, kindWords } from "../status/kind-words.ts";
import { StatusIcon, statusOrder, statusWords } from "../status/status-icon.tsx";
import { toggled, type FileQuery } from "./file-query.ts";
import type { FileCounts } from "./use-node-counts.ts";

type FileFiltersProps = {
  readonly query: FileQuery;
  readonly counts: FileCounts;
  readonly onQuery: (query: FileQuery) => void;
};

/** One chip for each status and each kind that occurs; several of one sort widen, the two sorts narrow. */
export function FileFilters({ query, counts, onQuery }: FileFiltersProps): ReactNode {
  const statuses = statusOrder.filter((status) => counts.statuses.has(status) || query.statuses.has(status));
  const kinds = kindOrder.filter((kind) => counts.kinds.has(kind) || query.kinds.has(kind));
  return (
    <div className="files-chips">
      <div role="group" aria-label="Filter by status">
        {statuses.map((status) => (
          <Chip
            key={status}
            pressed={query.statuses.has(status)}
            count={counts.statuses.get(status) ?? 0}
            onPress={() => onQuery({ ...query, statuses: toggled(query.statuses, status) })}
          >
            <StatusIcon status={status} />
            {statusWords[status]}
          </Chip>
        ))}
      </div>
      <div role="group" aria-label="Filter by kind">
        {kinds.map((kind) => (
          <Chip
            key={kind}
            pressed={query.kinds.has(kind)}
            count={counts.kinds.get(kind) ?? 0}
            onPress={() => onQuery({ ...query, kinds: toggled(query.kinds, kind) })}
          >
            {kindWords[kind]}
          </Chip>
        ))}
      </div>
    </div>
  );
}

type ChipProps = {
  readonly pressed: boolean;
  readonly count: number;
  readonly onPress: () => void;
  readonly children: ReactNode;
};

function Chip({ pressed, count, onPress, children }: ChipProps): ReactNode {
  return (
    <button type="button" className="chip" aria-pressed={pressed} onClick={onPress}>
      {children}
      <span className="chip-count numeric">{formatCount(count)}</span>
    </button>
  );
}

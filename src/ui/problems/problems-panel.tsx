import { useCallback, useDeferredValue, useRef, useState, type ReactNode } from "react";
import type { Severity } from "../../base/fault.ts";
import { fileId } from "../../model/resource.ts";
import type { ProblemRow } from "../../model/view-rows.ts";
import type { LiveView } from "../../session/contract.ts";
import { PathText } from "../files/file-row.tsx";
import { formatCount } from "../format/count.ts";
import { Icon } from "../icons/icon.tsx";
import { useDerived } from "../live/use-live-view.ts";
import { useVirtualRows } from "../live/use-virtual-rows.ts";
import { useViews } from "../session-context.ts";
import { useWorkbench } from "../workbench.ts";
import { problemLines, severities, type ProblemFilter, type ProblemLine } from "./problem-list.ts";
import { useProblemCounts } from "./use-problem-counts.ts";
import "../shell/list-panel.css";
import "./problems-panel.css";

const severityWords: Readonly<Record<Severity, string>> = {
  error: "Errors",
  warning: "Warnings",
  info: "Notes",
};

/** Everything that was found wrong, worst first, each with its file, line and remedy. */
export function ProblemsPanel(): ReactNode {
  const [filter, setFilter] = useState<ProblemFilter>({ text: "", severity: null });
  const { lines, total } = useProblemLines(useDeferredValue(filter));
  if (total === 0) {
    return (
      <div className="empty">
        <strong>No problems</strong>
        <p>Every reference leads somewhere, and every file could be read and built.</p>
      </div>
    );
  }
  return (
    <div className="list-panel">
      <ProblemTools filter={filter} onFilter={setFilter} />
      {lines.length === 0 ? (
        <div className="empty">
          <strong>Nothing matches</strong>
          <p>None of the {formatCount(total)} problems fits the filter.</p>
        </div>
      ) : (
        <ProblemRows lines={lines} />
      )}
    </div>
  );
}

function useProblemLines(filter: ProblemFilter): { lines: readonly ProblemLine[]; total: number } {
  const derive = useCallback(
    (view: LiveView<ProblemRow>) => ({
      lines: problemLines(view.rows(), filter),
      total: view.size(),
    }),
    [filter],
  );
  return useDerived(useViews().problem, derive);
}

type ProblemToolsProps = {
  readonly filter: ProblemFilter;
  readonly onFilter: (filter: ProblemFilter) => void;
};

function ProblemTools({ filter, onFilter }: ProblemToolsProps): ReactNode {
  return (
    <div className="list-tools problem-tools">
      <input
        className="field"
        type="search"
        aria-label="Filter problems"
        placeholder="Filter by file or words"
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.target.value })}
      />
      <div role="group" aria-label="Filter by severity">
        {severities.map((severity) => (
          <button
            key={severity}
            type="button"
            className="chip"
            aria-pressed={filter.severity === severity}
            onClick={() => onFilter({ ...filter, severity: filter.severity === severity ? null : severity })}
          >
            {severityWords[severity]}
          </button>
        ))}
      </div>
    </div>
  );
}

function ProblemRows({ lines }: { readonly lines: readonly ProblemLine[] }): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualRows({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.type === "group" ? 36 : 64),
    overscan: 8,
  });
  return (
    <div className="problem-scroller" ref={scroller}>
      <ul className="problem-list" aria-label="Problems" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          return (
            <li
              key={line?.type === "problem" ? line.problem.key : (line?.severity ?? index)}
              ref={rows.measureElement}
              data-index={index}
              style={{ transform: `translateY(${start}px)` }}
            >
              {line !== undefined && <Line line={line} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Line({ line }: { readonly line: ProblemLine }): ReactNode {
  return line.type === "group" ? <GroupHead group={line} /> : <Problem problem={line.problem} />;
}

function GroupHead({ group }: { readonly group: Extract<ProblemLine, { type: "group" }> }): ReactNode {
  const counts = useProblemCounts();
  const count = group.count ?? counts.get(group.severity);
  return (
    <h2 className="problem-group">
      {severityWords[group.severity]}
      {count !== undefined && <span className="numeric">{formatCount(count)}</span>}
    </h2>
  );
}

function Problem({ problem }: { readonly problem: ProblemRow }): ReactNode {
  const { state, act } = useWorkbench();
  const key = fileId(problem.path);
  return (
    <button
      type="button"
      className="problem"
      data-severity={problem.severity}
      aria-current={state.selected === key}
      onClick={() => act({ type: "select", key })}
    >
      <Icon name={problem.severity} />
      <span className="problem-place">
        <PathText path={problem.path} />
        {problem.line !== null && <span className="problem-line numeric">line {problem.line}</span>}
      </span>
      <span className="problem-message">{problem.message}</span>
      <span className="problem-remedy">{problem.remedy}</span>
    </button>
  );
}

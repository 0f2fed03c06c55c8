import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import type { WorkPlan } from "../../model/work-plan.ts";
import { formatDuration } from "../format/duration.ts";
import { rowFromKey } from "../live/row-keys.ts";
import { useVirtualRows } from "../live/use-virtual-rows.ts";
import { kindWords } from "../status/kind-words.ts";
import { useWorkbench } from "../workbench.ts";
import { expectedWords, planRows, type PlanRow } from "./plan-rows.ts";

const rowHeight = 28;
const rowId = (index: number): string => `plan-row-${index}`;

/** The tasks of a plan by generation; only rows in sight exist. Arrow keys move, Enter shows the task in the graph. */
export function PlanList({ plan }: { readonly plan: WorkPlan }): ReactNode {
  const show = useShownTask();
  const grid = useRef<HTMLDivElement>(null);
  const list = useMemo(() => planRows(plan), [plan]);
  const [active, setActive] = useState(0);
  const rows = useVirtualRows({
    count: list.length,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const sight = () => ({ count: list.length, height: grid.current?.clientHeight ?? 0, rowHeight });
  const onKeyDown = (event: KeyboardEvent) => {
    const next = rowFromKey(event.key, active, sight());
    if (event.key === "Enter") show(list[active]);
    else if (next !== undefined) {
      setActive(next);
      rows.scrollToIndex(next);
    } else return;
    event.preventDefault();
  };
  return (
    <div
      ref={grid}
      className="plan-list"
      role="grid"
      aria-label="Tasks of the plan"
      aria-rowcount={list.length}
      aria-activedescendant={
        rows.getVirtualItems().some(({ index }) => index === active) ? rowId(active) : undefined
      }
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="plan-rows" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => (
          <Row
            key={list[index]?.key}
            row={list[index]}
            place={{ index, start, active: index === active }}
            onPick={() => show(list[index])}
          />
        ))}
      </div>
    </div>
  );
}

function useShownTask(): (row: PlanRow | undefined) => void {
  const { act } = useWorkbench();
  return (row) => {
    if (row?.type !== "task") return;
    act({ type: "select", key: row.key });
    act({ type: "go", tab: "graph" });
  };
}

type RowProps = {
  readonly row: PlanRow | undefined;
  readonly place: { readonly index: number; readonly start: number; readonly active: boolean };
  readonly onPick: () => void;
};

function Row({ row, place: { index, start, active }, onPick }: RowProps): ReactNode {
  if (row === undefined) return null;
  return (
    // The grid has the focus and takes Enter; the click is the same for the mouse.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={rowId(index)}
      role="row"
      className={`plan-row plan-row-${row.type}`}
      aria-rowindex={index + 1}
      aria-selected={active}
      style={{ height: rowHeight, transform: `translateY(${start}px)` }}
      onClick={onPick}
    >
      {row.type === "generation" ? <span role="gridcell">{row.words}</span> : <TaskCells task={row.task} />}
    </div>
  );
}

function TaskCells({ task }: { readonly task: WorkPlan["tasks"][number] }): ReactNode {
  return (
    <>
      <span role="gridcell" className="plan-end" data-expected={task.expected}>
        {expectedWords[task.expected]}
      </span>
      <span role="gridcell" className="plan-name" title={task.resourceId}>
        {task.resourceId.slice(task.resourceId.indexOf(":") + 1)}{" "}
        <span className="plan-kind">{kindWords[task.kind]}</span>
      </span>
      <span role="gridcell" className="plan-cause" title={task.cause}>
        {task.cause}
      </span>
      <span role="gridcell" className="plan-time numeric">
        {task.estimateMs === null ? "" : formatDuration(task.estimateMs)}
      </span>
    </>
  );
}

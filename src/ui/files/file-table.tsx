import type { Virtualizer } from "@tanstack/react-virtual";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { Icon } from "../icons/icon.tsx";
import { rowFromKey } from "../live/row-keys.ts";
import { useVirtualRows } from "../live/use-virtual-rows.ts";
import { useWorkbench } from "../workbench.ts";
import type { FileColumn, FileQuery } from "./file-query.ts";
import { FileRow, fileRowId } from "./file-row.tsx";

const rowHeight = 32;

export const fileColumns: readonly { readonly column: FileColumn; readonly words: string }[] = [
  { column: "status", words: "Status" },
  { column: "label", words: "Name" },
  { column: "kind", words: "Kind" },
  { column: "generation", words: "Gen." },
  { column: "cause", words: "Cause" },
  { column: "time", words: "Time" },
  { column: "size", words: "Size" },
];

type FileTableProps = {
  readonly keys: readonly string[];
  readonly sort: FileQuery["sort"];
  readonly onSort: (sort: FileQuery["sort"]) => void;
};

/** A grid of which only the rows in sight exist. Arrow keys move the active row, Enter selects it. */
export function FileTable({ keys, sort, onSort }: FileTableProps): ReactNode {
  const { state, act } = useWorkbench();
  const grid = useRef<HTMLDivElement>(null);
  const [active, setActive] = useActiveRow(keys, state.selected);
  const rows = useVirtualRows({
    count: keys.length,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
  });
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget) return;
    const key = keys[active];
    const height = grid.current?.clientHeight ?? 0;
    const next = rowFromKey(event.key, active, { count: keys.length, height, rowHeight });
    if (event.key === "Enter" && key !== undefined) act({ type: "select", key });
    else if (next !== undefined) {
      setActive(next);
      rows.scrollToIndex(next);
    } else return;
    event.preventDefault();
  };
  const activeShown = rows.getVirtualItems().some((item) => item.index === active);
  return (
    <div
      ref={grid}
      className="file-table"
      role="grid"
      aria-label="Files and outputs"
      aria-rowcount={keys.length + 1}
      aria-colcount={fileColumns.length}
      aria-activedescendant={activeShown ? fileRowId(active) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <TableHead sort={sort} onSort={onSort} />
      <TableRows keys={keys} rows={rows} active={active} onActive={setActive} />
    </div>
  );
}

type TableRowsProps = {
  readonly keys: readonly string[];
  readonly rows: Virtualizer<HTMLDivElement, Element>;
  readonly active: number;
  readonly onActive: (index: number) => void;
};

function TableRows({ keys, rows, active, onActive }: TableRowsProps): ReactNode {
  const { state, act } = useWorkbench();
  return (
    <div role="rowgroup" className="file-rows" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map(({ index, start }) => {
        const key = keys[index] ?? "";
        return (
          <FileRow
            key={key}
            rowKey={key}
            index={index}
            top={start}
            active={index === active}
            selected={key === state.selected}
            onPick={() => {
              onActive(index);
              act({ type: "select", key });
            }}
          />
        );
      })}
    </div>
  );
}

/** The index of the active row. It stays with its row when the order changes, and begins at the selected one. */
function useActiveRow(keys: readonly string[], selected: string | null): [number, (index: number) => void] {
  const [place, setPlace] = useState({ key: selected ?? keys[0] ?? "", index: 0 });
  const found = keys[place.index] === place.key ? place.index : keys.indexOf(place.key);
  const index = found >= 0 ? found : Math.min(place.index, keys.length - 1);
  return [index, (next) => setPlace({ key: keys[next] ?? "", index: next })];
}

type TableHeadProps = Pick<FileTableProps, "sort" | "onSort">;

function TableHead({ sort, onSort }: TableHeadProps): ReactNode {
  return (
    <div role="rowgroup" className="file-head">
      <div role="row" className="file-row" aria-rowindex={1}>
        {fileColumns.map(({ column, words }) => {
          const sorted = sort.column === column;
          const ordered = sort.descending ? "descending" : "ascending";
          return (
            <div
              key={column}
              role="columnheader"
              className={`file-cell file-cell-${column}`}
              aria-sort={sorted ? ordered : "none"}
            >
              <button
                type="button"
                onClick={() => onSort({ column, descending: sorted && !sort.descending })}
              >
                <span>{words}</span>
                {sorted && <Icon name={ordered} size={12} />}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}

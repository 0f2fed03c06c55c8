import type { ReactNode } from "react";
import { fileNameOf, folderOf } from "../../base/project-path.ts";
import type { NodeRow } from "../../model/view-rows.ts";
import { formatBytes } from "../format/bytes.ts";
import { formatDuration } from "../format/duration.ts";
import { useRow } from "../live/use-live-view.ts";
import { useViews } from "../session-context.ts";
import { kindWords } from "../status/kind-words.ts";
import { StatusBadge } from "../status/status-icon.tsx";

export const fileRowId = (index: number): string => `file-row-${index}`;

type FileRowProps = {
  readonly rowKey: string;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly active: boolean;
  readonly selected: boolean;
  readonly onPick: () => void;
};

/** One row of the table. It follows its own node, so a status is right even while the order lags behind. */
export function FileRow({ rowKey, index, top, active, selected, onPick }: FileRowProps): ReactNode {
  const row = useRow(useViews().node, rowKey);
  return (
    // The grid around it takes the keys; the click is the pointer's way to the same thing.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={fileRowId(index)}
      role="row"
      className="file-row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-active={active}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onPick}
    >
      {row === undefined ? <div role="gridcell">…</div> : <Cells row={row} />}
    </div>
  );
}

function Cells({ row }: { readonly row: NodeRow }): ReactNode {
  return (
    <>
      <div role="gridcell" className="file-cell file-cell-status">
        <StatusBadge status={row.status} />
      </div>
      <div role="gridcell" className="file-cell file-cell-label" title={row.label}>
        <PathText path={row.label} />
      </div>
      <div role="gridcell" className="file-cell file-cell-kind">
        {kindWords[row.kind]}
      </div>
      <div role="gridcell" className="file-cell file-cell-generation numeric">
        {row.generation}
      </div>
      <div role="gridcell" className="file-cell file-cell-cause" title={row.cause}>
        {row.cause}
      </div>
      <div role="gridcell" className="file-cell file-cell-time numeric">
        {row.durationMs === null ? "" : formatDuration(row.durationMs)}
      </div>
      <div role="gridcell" className="file-cell file-cell-size numeric">
        {row.bytes === null ? "" : formatBytes(row.bytes)}
      </div>
    </>
  );
}

/** A path whose folder gives way before its name does; a screen reader has it in one piece. */
export function PathText({ path }: { readonly path: string }): ReactNode {
  const folder = folderOf(path);
  return (
    <>
      <span className="visually-hidden">{path}</span>
      <span className="path-text" aria-hidden="true">
        {folder !== "" && <span className="path-folder">{folder}/</span>}
        <span className="path-name">{fileNameOf(path)}</span>
      </span>
    </>
  );
}

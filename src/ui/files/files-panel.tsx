import { useCallback, useDeferredValue, useEffect, useRef, useState, type ReactNode } from "react";
import type { NodeRow } from "../../model/view-rows.ts";
import type { LiveView } from "../../session/contract.ts";
import { countOf, formatCount } from "../format/count.ts";
import { useDerived } from "../live/use-live-view.ts";
import { useViews } from "../session-context.ts";
import { useWorkbench } from "../workbench.ts";
import { FileCatalogue, type FileSelection } from "./file-catalogue.ts";
import { FileFilters } from "./file-filters.tsx";
import { FileTable } from "./file-table.tsx";
import { allFiles, type FileQuery } from "./file-query.ts";
import { useNodeCounts } from "./use-node-counts.ts";
import "../shell/list-panel.css";
import "./files-panel.css";

type FilesPanelProps = { readonly query: FileQuery; readonly onQuery: (query: FileQuery) => void };

/** Every file and everything made from it: search, filters, and the table. */
export function FilesPanel({ query, onQuery }: FilesPanelProps): ReactNode {
  // Typing stays quick: the table follows with the next free moment.
  const selection = useFileSelection(useDeferredValue(query));
  const counts = useNodeCounts();
  return (
    <div className="list-panel">
      <div className="list-tools">
        <SearchBox query={query} onQuery={onQuery} />
        <p className="files-count numeric" role="status">
          {selection.keys.length === selection.total
            ? countOf(selection.total, "row")
            : `${formatCount(selection.keys.length)} of ${countOf(selection.total, "row")}`}
        </p>
        <FileFilters query={query} onQuery={onQuery} counts={selection.counts ?? counts} />
      </div>
      {selection.keys.length === 0 ? (
        <NoFiles filtered={selection.total > 0} onClear={() => onQuery({ ...allFiles, sort: query.sort })} />
      ) : (
        <FileTable keys={selection.keys} sort={query.sort} onSort={(sort) => onQuery({ ...query, sort })} />
      )}
    </div>
  );
}

function useFileSelection(query: FileQuery): FileSelection {
  const [catalogue] = useState(() => new FileCatalogue());
  const derive = useCallback(
    (view: LiveView<NodeRow>) => {
      catalogue.update(view);
      return catalogue.select(query);
    },
    [catalogue, query],
  );
  return useDerived(useViews().node, derive);
}

function SearchBox({ query, onQuery }: FilesPanelProps): ReactNode {
  const { searches } = useWorkbench().state;
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (searches > 0) box.current?.focus();
  }, [searches]);
  return (
    <input
      ref={box}
      className="field files-search"
      type="search"
      aria-label="Search by name"
      placeholder="Search by name  ( / )"
      value={query.text}
      onChange={(event) => onQuery({ ...query, text: event.target.value })}
    />
  );
}

function NoFiles({
  filtered,
  onClear,
}: {
  readonly filtered: boolean;
  readonly onClear: () => void;
}): ReactNode {
  if (!filtered) {
    return (
      <div className="empty">
        <strong>No files yet</strong>
        <p>They appear here as soon as the folder has been read.</p>
      </div>
    );
  }
  return (
    <div className="empty">
      <strong>Nothing matches</strong>
      <p>No file or output fits the search and the filters.</p>
      <button type="button" className="button" onClick={onClear}>
        Clear search and filters
      </button>
    </div>
  );
}

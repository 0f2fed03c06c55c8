import type { ReactNode } from "react";
import type { HistoryQuery } from "../../model/history.ts";
import { useWorkbench } from "../workbench.ts";
import { spokenName } from "./history-lines.ts";
import { HistoryList } from "./history-list.tsx";
import { HistoryTools } from "./history-tools.tsx";
import { useHistory, type History } from "./use-history.ts";
import "../shell/list-panel.css";
import "./history-panel.css";

/** The log of the project or of one document: what happened to every file and relationship, the newest first. */
export function HistoryPanel(): ReactNode {
  const { state, act } = useWorkbench();
  const query = state.history;
  const history = useHistory(query);
  const onQuery = (next: HistoryQuery) => act({ type: "history", query: next });
  return (
    <div className="list-panel">
      <HistoryTools query={query} history={history} onQuery={onQuery} />
      {history.rows.length === 0 ? (
        <NoOperations history={history} onQuery={onQuery} />
      ) : (
        // Another question begins at the top.
        <HistoryList key={JSON.stringify(history.query)} history={history} onQuery={onQuery} />
      )}
    </div>
  );
}

type NoOperationsProps = {
  readonly history: History;
  readonly onQuery: (query: HistoryQuery) => void;
};

function NoOperations({ history, onQuery }: NoOperationsProps): ReactNode {
  const { query, isLoading, hasFailed, refresh } = history;
  if (hasFailed) {
    return (
      <div className="empty">
        <strong>The log could not be read</strong>
        <p>The project may just be opening, or its engine be starting again.</p>
        <button type="button" className="button" onClick={refresh}>
          Try again
        </button>
      </div>
    );
  }
  if (isLoading || query === null) return <p className="empty">Reading the log…</p>;
  return <NothingFits query={query} onQuery={onQuery} />;
}

function NothingFits(props: {
  readonly query: HistoryQuery;
  readonly onQuery: NoOperationsProps["onQuery"];
}): ReactNode {
  const { query, onQuery } = props;
  const { documentId, search } = query;
  const place = documentId === null ? "" : ` of ${spokenName(documentId)}`;
  if (search !== "") {
    return (
      <div className="empty">
        <strong>
          No operation{place} matches “{search}”
        </strong>
        <p>A search looks at the name of the document, the kind of operation, and what it says.</p>
        <button type="button" className="button" onClick={() => onQuery({ documentId, search: "" })}>
          Clear the search
        </button>
      </div>
    );
  }
  if (documentId !== null) {
    return (
      <div className="empty">
        <strong>No operation{place}</strong>
        <p>The log has nothing about this document in this project.</p>
        <button type="button" className="button" onClick={() => onQuery({ documentId: null, search })}>
          Show all documents
        </button>
      </div>
    );
  }
  return (
    <div className="empty">
      <strong>No operations yet</strong>
      <p>As soon as the folder has been read, every change of a file or a relationship is listed here.</p>
    </div>
  );
}

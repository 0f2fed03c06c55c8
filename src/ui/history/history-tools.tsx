import type { ReactNode } from "react";
import type { HistoryQuery } from "../../model/history.ts";
import { PathText } from "../files/file-row.tsx";
import { countOf } from "../format/count.ts";
import { Icon } from "../icons/icon.tsx";
import { nameOf } from "./history-lines.ts";
import type { History } from "./use-history.ts";

/** Longer texts stand in no name, and the database would have to make an expression of them. */
const longestSearch = 200;

type HistoryToolsProps = {
  readonly query: HistoryQuery;
  readonly history: History;
  readonly onQuery: (query: HistoryQuery) => void;
};

/** The search, the document that the history is limited to, and how many operations fit. */
export function HistoryTools({ query, history, onQuery }: HistoryToolsProps): ReactNode {
  const { documentId } = query;
  return (
    <div className="list-tools history-tools">
      <input
        className="field"
        type="search"
        aria-label="Search the history"
        placeholder="Search names, kinds, relationships"
        maxLength={longestSearch}
        value={query.search}
        onChange={(event) => onQuery({ ...query, search: event.target.value })}
      />
      {documentId !== null && (
        <DocumentChip
          documentId={documentId}
          onClear={() => onQuery({ documentId: null, search: query.search })}
        />
      )}
      <p className="history-count numeric" role="status">
        {countWords(history)}
      </p>
    </div>
  );
}

type DocumentChipProps = { readonly documentId: string; readonly onClear: () => void };

function DocumentChip({ documentId, onClear }: DocumentChipProps): ReactNode {
  const { kind, name } = nameOf(documentId);
  return (
    <span className="chip history-chip" role="group" aria-label="Only one document" title={documentId}>
      {kind !== "" && <span className="history-kind">{kind}</span>}
      <PathText path={name} />
      <button type="button" aria-label="Show all documents" title="Show all documents" onClick={onClear}>
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}

/** Counting goes on beside the list; what is known already is said. */
function countWords({ rows, next, count, query }: History): string {
  if (query === null) return "";
  const known = next === null ? { matches: rows.length, isComplete: true } : count;
  if (known === null) return "";
  const words = countOf(Math.max(known.matches, rows.length), "operation");
  return known.isComplete ? words : `${words} and more`;
}

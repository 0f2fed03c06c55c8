import { unreachable } from "../base/invariant.ts";
import { countHistory, readHistory } from "../log/read-history.ts";
import type { StandingOperation } from "../log/operation-standing.ts";
import type {
  HistoryEvent,
  HistoryPage,
  HistoryQuery,
  HistoryRelationship,
  HistoryRow,
} from "../model/history.ts";
import type { RelationshipInput } from "../model/operation.ts";
import type { CommandOf, Replies } from "../model/wire.ts";
import type { OpenProjects } from "./open-projects.ts";
import type { EnginePorts } from "./ports.ts";

/** Relationships that one row names; an operation may carry thousands. */
const mostListed = 12;
/** Characters of metadata that one relationship shows. */
const mostMetadata = 120;

type HistoryHandlers = {
  readonly [T in "history" | "count-history"]: (command: CommandOf<T>) => Promise<Replies[T]>;
};

/** What the log tells of an open project. Neither waits for an intake or a build to end. */
export function historyHandlers(
  projects: OpenProjects,
  { store }: Pick<EnginePorts, "store">,
): HistoryHandlers {
  return {
    history: async ({ projectId, query, before }): Promise<HistoryPage> => {
      await projects.find(projectId);
      const { entries, next } = await readHistory(store, projectId, query, { before });
      return { rows: entries.map((entry) => historyRow(entry, query)), next };
    },
    "count-history": async ({ projectId, query, before }) => {
      await projects.find(projectId);
      return countHistory(store, projectId, query, { before });
    },
  };
}

/** An operation as the history shows it. */
export function historyRow(entry: StandingOperation, { search }: Pick<HistoryQuery, "search">): HistoryRow {
  const { id, documentId, scope, branch, index, skip, time, actionId, hash } = entry.operation;
  return {
    id,
    documentId,
    scope,
    branch,
    index,
    skip,
    time,
    actionId,
    hash,
    isHidden: entry.isHidden,
    event: historyEvent(entry, search),
  };
}

function historyEvent({ operation: { action }, standsOn }: StandingOperation, search: string): HistoryEvent {
  switch (action.type) {
    case "PUT_SOURCE": {
      const { kind, size, contentHash, fault } = action.source;
      const change = standsOn === "PUT_SOURCE" ? "changed" : "added";
      return { type: "file-put", change, kind, bytes: size, contentHash, fault: fault?.message ?? null };
    }
    case "DELETE_SOURCE":
      return { type: "file-deleted" };
    case "ADD_RELATIONSHIP":
      return { type: "relationships", change: "added", ...listed(action.relationships, search) };
    case "REMOVE_RELATIONSHIP":
      return { type: "relationships", change: "removed", ...listed(action.relationships, search) };
    case "UPDATE_RELATIONSHIP":
      return { type: "relationships", change: "updated", ...listed(action.relationships, search) };
    case "DELETE_DOCUMENT":
      return { type: "document-deleted" };
    default:
      return unreachable(action);
  }
}

/** The first relationships, those that a search found before the others, and how many there are besides. */
function listed(
  relationships: readonly RelationshipInput[],
  search: string,
): { readonly listed: readonly HistoryRelationship[]; readonly left: number } {
  const wanted = search.toLowerCase();
  const fits = (input: RelationshipInput) => JSON.stringify(input).toLowerCase().includes(wanted);
  const found = search === "" ? [] : relationships.filter(fits).slice(0, mostListed);
  const others = relationships.filter((input) => !found.includes(input));
  const first = [...found, ...others].slice(0, mostListed);
  return { listed: first.map(toHistory), left: relationships.length - first.length };
}

function toHistory({ type, targetId, metadata = null }: RelationshipInput): HistoryRelationship {
  const text = metadata === null ? "" : JSON.stringify(metadata);
  return {
    type,
    targetId,
    metadata: text.length > mostMetadata ? `${text.slice(0, mostMetadata - 1)}…` : text,
  };
}

import { createContext, use } from "react";
import { invariant, unreachable } from "../base/invariant.ts";
import type { HistoryQuery } from "../model/history.ts";
import type { ResourceId } from "../model/ids.ts";

export type TabName = "graph" | "files" | "problems" | "preview" | "runs" | "history" | "diagnostics";

export const tabNames: readonly TabName[] = [
  "graph",
  "files",
  "problems",
  "preview",
  "runs",
  "history",
  "diagnostics",
];

/** Where the person is in an open project. */
export type Workbench = {
  readonly tab: TabName;
  /** The node that the inspector shows. */
  readonly selected: string | null;
  /** The page of the preview; `null` until one was asked for. */
  readonly previewPath: string | null;
  /** What the history is asked for. */
  readonly history: HistoryQuery;
  /** What lies over the screen. */
  readonly overlay: "palette" | "keys" | "path" | "add-child" | "export-project" | "plan" | "storage" | null;
  /** The two documents between which the graph shows the path. */
  readonly path: (PathEnds & { /** Whether it was chosen just now. */ readonly isNew: boolean }) | null;
  /** What of a node's reach stands out on the graph; never together with a path. */
  readonly reach: (Reach & { /** Whether it was asked for just now. */ readonly isNew: boolean }) | null;
  /** Ascends each time the search box of the files is asked for. */
  readonly searches: number;
  /** Whether the developer panel stands below everything. */
  readonly isDeveloper: boolean;
};

/** Two files of the folder. */
export type PathEnds = { readonly from: ResourceId; readonly to: ResourceId };

/** `touches`: all that a change of a node could reach. `why`: the chain of causes of its last build. */
export type Reach = { readonly of: ResourceId; readonly what: "touches" | "why" };

export type WorkbenchAction =
  | { readonly type: "go"; readonly tab: TabName }
  | { readonly type: "select"; readonly key: string | null }
  | { readonly type: "preview"; readonly path: string }
  | { readonly type: "history"; readonly query: HistoryQuery }
  | { readonly type: "overlay"; readonly overlay: Workbench["overlay"] }
  | { readonly type: "path"; readonly ends: PathEnds | null }
  | { readonly type: "reach"; readonly reach: Reach | null }
  | { readonly type: "search" }
  /** Opens the developer panel, or closes it. */
  | { readonly type: "developer" };

export const firstWorkbench: Workbench = {
  tab: "graph",
  selected: null,
  previewPath: null,
  history: { documentId: null, search: "" },
  overlay: null,
  path: null,
  reach: null,
  searches: 0,
  isDeveloper: false,
};

/** The only way from one state of the workbench to the next. */
export function moveWorkbench(state: Workbench, action: WorkbenchAction): Workbench {
  switch (action.type) {
    case "go":
      return leaveTab({ ...state, tab: action.tab, overlay: null });
    case "select":
      return { ...state, selected: action.key };
    case "preview":
      return leaveTab({ ...state, tab: "preview", previewPath: action.path, overlay: null });
    case "history":
      return leaveTab({ ...state, tab: "history", history: action.query, overlay: null });
    case "overlay":
      return { ...state, overlay: action.overlay };
    case "path":
      if (action.ends === null) return { ...state, path: null };
      return { ...state, tab: "graph", overlay: null, path: { ...action.ends, isNew: true }, reach: null };
    case "reach":
      if (action.reach === null) return { ...state, reach: null };
      return { ...state, tab: "graph", overlay: null, path: null, reach: { ...action.reach, isNew: true } };
    case "search":
      return leaveTab({ ...state, tab: "files", overlay: null, searches: state.searches + 1 });
    case "developer":
      return { ...state, isDeveloper: !state.isDeveloper, overlay: null };
    default:
      return unreachable(action);
  }
}

/** A path or reach that one comes back to is no news. */
function leaveTab({ path, reach, ...state }: Workbench): Workbench {
  return { ...state, path: path && { ...path, isNew: false }, reach: reach && { ...reach, isNew: false } };
}

export type WorkbenchHandle = { readonly state: Workbench; readonly act: (action: WorkbenchAction) => void };

const WorkbenchContext = createContext<WorkbenchHandle | null>(null);

export const WorkbenchProvider = WorkbenchContext.Provider;

export function useWorkbench(): WorkbenchHandle {
  const handle = use(WorkbenchContext);
  invariant(handle !== null, "every panel stands inside a WorkbenchProvider");
  return handle;
}

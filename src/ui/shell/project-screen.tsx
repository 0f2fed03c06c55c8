import { lazy, Suspense, useEffect, useReducer, useState, type ReactNode } from "react";
import type { OpenProject } from "../../session/contract.ts";
import { unreachable } from "../../base/invariant.ts";
import { DeveloperPanel } from "../developer/developer-panel.tsx";
import { rememberDeveloper, rememberedDeveloper } from "../developer/developer-setting.ts";
import { DiagnosticsPanel } from "../diagnostics/diagnostics-panel.tsx";
import { allFiles } from "../files/file-query.ts";
import { FilesPanel } from "../files/files-panel.tsx";
import { HistoryPanel } from "../history/history-panel.tsx";
import { ChildChooser } from "../inspector/child-chooser.tsx";
import { Inspector } from "../inspector/inspector.tsx";
import { CommandPalette } from "../palette/command-palette.tsx";
import { ExportProjectDialog } from "../portable/export-project-dialog.tsx";
import { PathChooser } from "../path/path-chooser.tsx";
import { PlanDialog } from "../plan/plan-dialog.tsx";
import { PreviewPanel } from "../preview/preview-panel.tsx";
import { ProblemsPanel } from "../problems/problems-panel.tsx";
import { RunsPanel } from "../runs/runs-panel.tsx";
import { useViews } from "../session-context.ts";
import { StorageDialog } from "../storage/storage-dialog.tsx";
import {
  firstWorkbench,
  moveWorkbench,
  useWorkbench,
  WorkbenchProvider,
  type TabName,
  type Workbench,
} from "../workbench.ts";
import { KeyboardHelp } from "./keyboard-help.tsx";
import { panelId, TabBar, tabId } from "./tab-bar.tsx";
import { TopBar } from "./top-bar.tsx";
import { useShortcuts } from "./use-shortcuts.ts";
import "./project-screen.css";

// The graph brings React Flow with it, which the start screen does not need.
const GraphCanvas = lazy(async () => ({ default: (await import("../graph/graph-canvas.tsx")).GraphCanvas }));

/** An open project: bar, tabs, the panel of the tab, and the inspector of what is selected. */
export function ProjectScreen({ project }: { readonly project: OpenProject }): ReactNode {
  const [state, act] = useReducer(moveWorkbench, firstWorkbench, withDeveloper);
  useShortcuts(state, act);
  useEffect(() => rememberDeveloper(state.isDeveloper), [state.isDeveloper]);
  return (
    <WorkbenchProvider value={{ state, act }}>
      <div className="project">
        <TopBar project={project} />
        <main className="project-main">
          <TabBar />
          <Body />
          {state.isDeveloper && <DeveloperPanel />}
        </main>
      </div>
      {state.overlay === "palette" && <CommandPalette />}
      {state.overlay === "keys" && <KeyboardHelp />}
      {state.overlay === "export-project" && <ExportProjectDialog name={project.name} />}
      {state.overlay === "plan" && <PlanDialog />}
      {state.overlay === "storage" && <StorageDialog />}
      {state.overlay === "path" && <PathChooser />}
      {state.overlay === "add-child" && <ChildChooser />}
    </WorkbenchProvider>
  );
}

function withDeveloper(first: Workbench): Workbench {
  return { ...first, isDeveloper: rememberedDeveloper() };
}

const tabsWithInspector: ReadonlySet<TabName> = new Set<TabName>(["graph", "files", "problems", "history"]);

function Body(): ReactNode {
  const { state, act } = useWorkbench();
  const inspected = tabsWithInspector.has(state.tab) ? state.selected : null;
  return (
    <div className="project-body">
      <div
        className="project-panel"
        role="tabpanel"
        id={panelId(state.tab)}
        aria-labelledby={tabId(state.tab)}
      >
        <Suspense fallback={<p className="empty">Loading…</p>}>
          <Panel tab={state.tab} />
        </Suspense>
      </div>
      {inspected !== null && (
        <Inspector key={inspected} id={inspected} onClose={() => act({ type: "select", key: null })} />
      )}
    </div>
  );
}

function Panel({ tab }: { readonly tab: TabName }): ReactNode {
  const { state, act } = useWorkbench();
  const views = useViews();
  // The query lives here so that it survives a visit to another tab.
  const [query, setQuery] = useState(allFiles);
  switch (tab) {
    case "graph":
      return (
        <GraphCanvas
          views={views}
          selected={state.selected}
          onSelect={(key) => act({ type: "select", key })}
          path={state.path}
          onChoosePath={() => act({ type: "overlay", overlay: "path" })}
          onClosePath={() => act({ type: "path", ends: null })}
          reach={state.reach}
          onCloseReach={() => act({ type: "reach", reach: null })}
        />
      );
    case "files":
      return <FilesPanel query={query} onQuery={setQuery} />;
    case "problems":
      return <ProblemsPanel />;
    case "preview":
      return <PreviewPanel />;
    case "runs":
      return <RunsPanel />;
    case "history":
      return <HistoryPanel />;
    case "diagnostics":
      return <DiagnosticsPanel />;
    default:
      return unreachable(tab);
  }
}

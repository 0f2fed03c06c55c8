import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { useNodeTotal } from "../files/use-node-counts.ts";
import { formatCount } from "../format/count.ts";
import { useProblemCounts } from "../problems/use-problem-counts.ts";
import { tabNames, useWorkbench, type TabName } from "../workbench.ts";
import "./tab-bar.css";

export const tabWords: Readonly<Record<TabName, string>> = {
  graph: "Graph",
  files: "Files",
  problems: "Problems",
  preview: "Preview",
  runs: "Runs",
  history: "History",
  diagnostics: "Diagnostics",
};

export const tabId = (tab: TabName): string => `tab-${tab}`;
export const panelId = (tab: TabName): string => `panel-${tab}`;

/** The tabs of a project: arrow keys, Home and End move, and what is moved to is shown. */
export function TabBar(): ReactNode {
  const { state, act } = useWorkbench();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a narrow screen the tabs scroll.
    list.current
      ?.querySelector(`#${tabId(state.tab)}`)
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [state.tab]);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = tabFromKey(event.key, tabNames.indexOf(state.tab));
    if (next === undefined) return;
    event.preventDefault();
    act({ type: "go", tab: next });
    list.current?.querySelector<HTMLElement>(`#${tabId(next)}`)?.focus();
  };
  return (
    <div className="tab-bar" role="tablist" aria-label="Project" ref={list}>
      {tabNames.map((tab) => (
        <button
          key={tab}
          id={tabId(tab)}
          type="button"
          role="tab"
          aria-selected={tab === state.tab}
          aria-controls={tab === state.tab ? panelId(tab) : undefined}
          tabIndex={tab === state.tab ? 0 : -1}
          onClick={() => act({ type: "go", tab })}
          onKeyDown={onKeyDown}
        >
          {tabWords[tab]}
          <TabCount tab={tab} />
        </button>
      ))}
    </div>
  );
}

function TabCount({ tab }: { readonly tab: TabName }): ReactNode {
  if (tab === "files") return <NodeCount />;
  if (tab === "problems") return <ProblemCount />;
  return null;
}

function NodeCount(): ReactNode {
  const count = useNodeTotal();
  return count === 0 ? null : <span className="tab-count numeric">{formatCount(count)}</span>;
}

function ProblemCount(): ReactNode {
  const count = [...useProblemCounts().values()].reduce((sum, of) => sum + of, 0);
  return count === 0 ? null : <span className="tab-count tab-count-loud numeric">{formatCount(count)}</span>;
}

function tabFromKey(key: string, present: number): TabName | undefined {
  const last = tabNames.length - 1;
  switch (key) {
    case "ArrowRight":
      return tabNames[present === last ? 0 : present + 1];
    case "ArrowLeft":
      return tabNames[present === 0 ? last : present - 1];
    case "Home":
      return tabNames[0];
    case "End":
      return tabNames[last];
    default:
      return undefined;
  }
}

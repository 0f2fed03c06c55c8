import { useEffect, useEffectEvent } from "react";
import { tabNames, type Workbench, type WorkbenchAction } from "../workbench.ts";

/** Keys that work everywhere in a project; `keyboard-help.tsx` lists them. */
export function useShortcuts(state: Workbench, act: (action: WorkbenchAction) => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const action = actionOf(event, state);
    if (action === undefined) return;
    event.preventDefault();
    act(action);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}

function actionOf(event: KeyboardEvent, state: Workbench): WorkbenchAction | undefined {
  if (event.defaultPrevented || event.altKey) return undefined;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    return { type: "overlay", overlay: state.overlay === "palette" ? null : "palette" };
  }
  if (event.ctrlKey || event.metaKey || state.overlay !== null || isTyping(event.target)) return undefined;
  if (event.key === "/") return { type: "search" };
  if (event.key === "?") return { type: "overlay", overlay: "keys" };
  if (event.key === "d") return { type: "developer" };
  if (event.key === "Escape" && state.path !== null && state.tab === "graph")
    return { type: "path", ends: null };
  if (event.key === "Escape" && state.reach !== null && state.tab === "graph")
    return { type: "reach", reach: null };
  if (event.key === "Escape" && state.selected !== null) return { type: "select", key: null };
  const tab = tabNames[Number(event.key) - 1];
  return tab === undefined ? undefined : { type: "go", tab };
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

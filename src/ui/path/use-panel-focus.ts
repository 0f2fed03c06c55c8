import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";

/** What a panel over the graph does with the focus. */
export type PanelFocus = {
  /** Whether the panel shall have the focus when it appears: the person has just asked for it. */
  readonly takesFocus: boolean;
  /** Called when the panel goes away with the focus in it. */
  readonly onFocusLost: () => void;
};

/** Takes the focus when it shall, and tells when it goes away with it. */
export function usePanelFocus({ takesFocus, onFocusLost }: PanelFocus): RefObject<HTMLElement | null> {
  const panel = useRef<HTMLElement>(null);
  const lost = useRef(onFocusLost);
  useEffect(() => {
    lost.current = onFocusLost;
  });
  useEffect(() => {
    if (takesFocus) panel.current?.focus({ preventScroll: true });
    // Only for its first appearance; a later render must not take the focus again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useLayoutEffect(() => {
    const shown = panel.current;
    return () => {
      if (shown?.contains(document.activeElement) === true) lost.current();
    };
  }, []);
  return panel;
}

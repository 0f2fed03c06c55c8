import { useEffect, useState } from "react";
import type { Palette } from "./frame.ts";

/** The theme's colours as a canvas needs them; new when the theme changes. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    const observer = new MutationObserver(() => setPalette(readPalette()));
    observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => observer.disconnect();
  }, []);
  return palette;
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    status: {
      PENDING: read("--status-pending"),
      DIRTY: read("--status-dirty"),
      READY: read("--status-ready"),
      RUNNING: read("--status-running"),
      DONE: read("--status-done"),
      FAILED: read("--status-failed"),
      POISONED: read("--status-poisoned"),
      CANCELLED: read("--status-cancelled"),
    },
    ink: read("--ink"),
    faint: read("--line-strong"),
    surface: read("--surface"),
    accent: read("--accent"),
    font: read("--font"),
  };
}

import { useEffect, useState } from "react";
import type { DerivedKind, Status } from "../../model/resource.ts";

/** Colours of the present theme. */
export type Palette = {
  readonly status: Readonly<Record<Status, string>>;
  readonly kind: Readonly<Record<DerivedKind, string>>;
  /** Of the stages of a run, in turn. */
  readonly strata: readonly string[];
  readonly ink: string;
  readonly inkSoft: string;
  readonly line: string;
  readonly faint: string;
  readonly surface: string;
  readonly accent: string;
  readonly font: string;
};

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
    kind: {
      page: read("--strata-3"),
      fragment: read("--strata-4"),
      variant: read("--strata-1"),
      copy: read("--strata-2"),
      listing: read("--status-ready"),
      feed: read("--ink-3"),
    },
    strata: [read("--strata-1"), read("--strata-2"), read("--strata-3"), read("--strata-4")],
    ink: read("--ink"),
    inkSoft: read("--ink-2"),
    line: read("--line"),
    faint: read("--line-strong"),
    surface: read("--surface"),
    accent: read("--accent"),
    font: read("--font"),
  };
}

import { listenerFailed } from "../circuit-faults.ts";
import type { ViewFault } from "../metrics.ts";
import type { Row } from "../row.ts";
import type { PlacedView } from "./view-places.ts";

/** Tells each view what waits for it; the rest of what waits for a listener that throws is not told. Gives the faults of these. */
export function tellViews(views: Iterable<PlacedView>): readonly ViewFault[] {
  const faults: ViewFault[] = [];
  for (const view of views) {
    if (view.inbox.length === 0) continue;
    try {
      for (const delta of view.inbox.splice(0)) {
        view.listener(delta);
        view.hasTold = true;
      }
    } catch (thrown) {
      view.owesWhole = true;
      faults.push({ view: view.name, fault: listenerFailed(view.name, thrown) });
    }
  }
  return faults;
}

/** Whether a view has to be told whole before anything else, and what waits for it is not that. */
export function wantsWhole({ owesWhole, inbox }: PlacedView): boolean {
  return owesWhole && inbox.length > 0 && inbox[0]?.reset !== true;
}

/** Has a view told whole in place of all that waits for it. */
export function putWhole(view: PlacedView, rows: readonly Row[]): void {
  view.owesWhole = false;
  view.inbox.splice(0, Infinity, {
    form: "rows",
    view: view.name,
    reset: true,
    upserts: rows,
    removals: [],
  });
}

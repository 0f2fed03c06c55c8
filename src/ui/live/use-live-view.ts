import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { LiveView } from "../../session/contract.ts";
import { DerivedStore } from "./derived-store.ts";

/** One row of a live view, or `undefined`; the component renders again only when that row changes. */
export function useRow<Row>(view: LiveView<Row>, key: string | null): Row | undefined {
  const subscribe = useCallback((listener: () => void) => view.subscribe(listener), [view]);
  return useSyncExternalStore(subscribe, () => (key === null ? undefined : view.get(key)));
}

/** The row of a view that has one at the most. */
export function useOnlyRow<Row>(view: LiveView<Row>): Row | undefined {
  return useDerived(view, firstRow<Row>);
}

/** All rows of a view that has few, in the order of their arrival. */
export function useRows<Row>(view: LiveView<Row>): readonly Row[] {
  return useDerived(view, allRows<Row>);
}

function firstRow<Row>(view: LiveView<Row>): Row | undefined {
  for (const row of view.rows()) return row;
  return undefined;
}

function allRows<Row>(view: LiveView<Row>): readonly Row[] {
  return [...view.rows()];
}

/**
 * What `derive` makes of a view, kept true. `derive` must be the same function from one render to the next. A
 * `derive` that reads all nodes costs what they are many: let it rest.
 */
export function useDerived<Row, Value>(
  view: LiveView<Row>,
  derive: (view: LiveView<Row>) => Value,
  restMs = 0,
): Value {
  const store = useMemo(() => new DerivedStore(view, derive, restMs), [view, derive, restMs]);
  return useSyncExternalStore(store.subscribe, store.value);
}

import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { LiveView } from "../../session/contract.ts";

/** One row of a live view, or `undefined`; the component renders again only when that row changes. */
export function useRow<Row>(view: LiveView<Row>, key: string | null): Row | undefined {
  const subscribe = useCallback((listener: () => void) => view.subscribe(listener), [view]);
  return useSyncExternalStore(subscribe, () => (key === null ? undefined : view.get(key)));
}

/** A share of time that deriving from a view may take: 1 part in 5. */
const restPerWork = 4;

/**
 * What `derive` makes of a view, made again when the view or `derive` changed. Changes of the view are taken at most
 * once a frame, and so seldom that an expensive `derive` never takes more than a fifth of the time.
 */
export function useDerived<Row, Value>(view: LiveView<Row>, derive: (view: LiveView<Row>) => Value): Value {
  const cost = useRef(0);
  const version = usePacedVersion(view, cost);
  return useMemo(() => {
    const start = performance.now();
    const value = derive(view);
    cost.current = performance.now() - start;
    return value;
    // The version stands for the content of the view.
  }, [view, derive, version]);
}

function usePacedVersion<Row>(view: LiveView<Row>, cost: { readonly current: number }): number {
  const [version, setVersion] = useState(() => view.version());
  useEffect(() => {
    let frame = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = () => {
      frame = 0;
      timer = undefined;
      setVersion(view.version());
    };
    const schedule = () => {
      if (frame !== 0 || timer !== undefined) return;
      const rest = cost.current * restPerWork;
      if (rest > 16) timer = setTimeout(take, rest);
      else frame = requestAnimationFrame(take);
    };
    schedule();
    const stop = view.subscribe(schedule);
    return () => {
      stop();
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [view, cost]);
  return version;
}

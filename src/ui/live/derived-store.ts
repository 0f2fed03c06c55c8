import type { LiveView } from "../../session/contract.ts";

/** For each millisecond of work this many of rest: deriving takes a fifth of the time at the most. */
const restPerWork = 4;
const frameMs = 16;

/**
 * What `derive` makes of a view, in a form that `useSyncExternalStore` takes. It is made when first asked for, and
 * again after changes of the view: at most once a frame, and the more seldom the longer it takes.
 */
export class DerivedStore<Row, Value> {
  readonly #view: LiveView<Row>;
  readonly #derive: (view: LiveView<Row>) => Value;
  #made: { readonly value: Value; readonly version: number; readonly cost: number } | undefined;

  readonly #restMs: number;

  /** `restMs`: rest at least so long between two, for what need not follow every frame. */
  constructor(view: LiveView<Row>, derive: (view: LiveView<Row>) => Value, restMs = 0) {
    this.#view = view;
    this.#derive = derive;
    this.#restMs = restMs;
  }

  /** The same value until a subscriber was told of a new one. */
  readonly value = (): Value => (this.#made ?? this.#make()).value;

  readonly subscribe = (listener: () => void): (() => void) => {
    let cancel: (() => void) | undefined;
    const take = () => {
      cancel = undefined;
      if (this.#made?.version === this.#view.version()) return;
      this.#make();
      listener();
    };
    const schedule = () => {
      cancel ??= after(Math.max(this.#restMs, (this.#made?.cost ?? 0) * restPerWork), take);
    };
    const stop = this.#view.subscribe(schedule);
    // What changed between the first render and this call was told to nobody.
    if (this.#made?.version !== this.#view.version()) schedule();
    return () => {
      stop();
      cancel?.();
    };
  };

  #make(): { readonly value: Value } {
    const start = performance.now();
    const version = this.#view.version();
    const value = this.#derive(this.#view);
    this.#made = { value, version, cost: performance.now() - start };
    return this.#made;
  }
}

function after(rest: number, run: () => void): () => void {
  if (rest <= frameMs) {
    const frame = requestAnimationFrame(run);
    return () => cancelAnimationFrame(frame);
  }
  const timer = setTimeout(run, rest);
  return () => clearTimeout(timer);
}

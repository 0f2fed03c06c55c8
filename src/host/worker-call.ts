import { releaseProxy, wrap, type Remote } from "comlink";

/** How a call into a worker ended. Every call ends in one of these, whatever becomes of the worker. */
export type Settled<T> =
  | { readonly status: "answered"; readonly value: T }
  /** The worker could not be started, threw outside the call, sent what cannot be cloned, or ended. */
  | { readonly status: "died"; readonly reason: string }
  /** The call itself threw: the worker lives on. */
  | { readonly status: "threw"; readonly reason: string }
  | { readonly status: "late" }
  | { readonly status: "aborted" };

export type CallLimits = {
  /** Milliseconds, after which the call is `late`; the worker goes on with it until it is terminated. */
  readonly timeLimit: number;
  readonly signal: AbortSignal;
};

/** What a worker exposes so that its end can be noticed. */
export type Mortal = {
  /** Holds the Web Lock `name` for as long as the worker lives; resolves once it is held. */
  live(name: string): Promise<void>;
};

/** A worker and the one way to call it. */
export type WorkerLine<Api> = {
  call<T>(invoke: (remote: Remote<Api>) => Promise<T>, limits: CallLimits): Promise<Settled<T>>;
  /** Whether the worker can still be called. */
  alive(): boolean;
  /** Ends the worker at once. Calls in flight are settled as `died`. */
  terminate(): void;
};

/**
 * Connects to a worker that exposes `Api` through Comlink, whose own calls never settle once their worker is gone. The
 * worker's end is noticed by its error events and, where there are Web Locks, by the lock that it held: a worker that
 * closes itself fires no event at all.
 */
export function connectWorker<Api extends Mortal>(worker: Worker): WorkerLine<Api> {
  const remote = wrap<Api>(worker);
  const death = createDeath();
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    death.happen(event.message || "its script could not be loaded");
  });
  worker.addEventListener("messageerror", () => death.happen("a message could not be read"));
  const watched = watchLock(remote, death);
  return {
    call: (invoke, limits) => settle(death, () => watched.then(() => invoke(remote)), limits),
    alive: () => !death.happened(),
    terminate: () => {
      death.happen("it was ended");
      worker.terminate();
      remote[releaseProxy]();
    },
  };
}

type Death = {
  /** Resolves with the reason. */
  readonly moment: Promise<string>;
  readonly signal: AbortSignal;
  happen(reason: string): void;
  happened(): boolean;
};

function createDeath(): Death {
  const controller = new AbortController();
  const moment = new Promise<string>((resolve) => {
    controller.signal.addEventListener("abort", () => resolve(String(controller.signal.reason)), {
      once: true,
    });
  });
  return {
    moment,
    signal: controller.signal,
    happen: (reason) => controller.abort(reason),
    happened: () => controller.signal.aborted,
  };
}

/**
 * Waits in line for the lock that the worker holds, which is ours when the worker is gone. Resolves once the worker
 * holds it: what is asked of the worker earlier could end it unnoticed.
 */
async function watchLock(remote: Remote<Mortal>, death: Death): Promise<void> {
  if (!("locks" in navigator)) return;
  const name = `strata-worker-${crypto.randomUUID()}`;
  await remote.live(name);
  const gone = navigator.locks.request(name, { signal: death.signal }, () =>
    death.happen("it closed itself"),
  );
  // Rejects when the worker's end was noticed in another way first.
  gone.catch(() => {});
}

async function settle<T>(death: Death, invoke: () => Promise<T>, limits: CallLimits): Promise<Settled<T>> {
  if (limits.signal.aborted) return { status: "aborted" };
  const ended = new AbortController();
  try {
    return await Promise.race([
      answerOf(invoke),
      death.moment.then((reason) => ({ status: "died", reason }) as const),
      lateness(limits.timeLimit, ended.signal),
      abortion(limits.signal, ended.signal),
    ]);
  } finally {
    ended.abort();
  }
}

async function answerOf<T>(invoke: () => Promise<T>): Promise<Settled<T>> {
  try {
    return { status: "answered", value: await invoke() };
  } catch (error) {
    return { status: "threw", reason: error instanceof Error ? error.message : String(error) };
  }
}

function lateness(timeLimit: number, ended: AbortSignal): Promise<Settled<never>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ status: "late" }), timeLimit);
    ended.addEventListener("abort", () => clearTimeout(timer), { once: true });
  });
}

function abortion(signal: AbortSignal, ended: AbortSignal): Promise<Settled<never>> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve({ status: "aborted" }), { once: true, signal: ended });
  });
}

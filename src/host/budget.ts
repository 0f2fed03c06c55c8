import { abortErrorOf } from "./abort-error.ts";

/** A share of something that is limited; `release` gives it back, once. */
export type Share = { release(): void };

/** Grants shares of a limited amount, first come, first served. */
export type Budget = {
  /**
   * Resolves when `weight` is free; a weight above the whole is granted when nothing else is held. Rejects with the
   * signal's reason when that aborts first.
   */
  acquire(weight: number, signal: AbortSignal): Promise<Share>;
};

type Waiting = { readonly weight: number; grant(): void };

/** A budget of `total`. Nobody overtakes, so a heavy request is never starved by light ones. */
export function createBudget(total: number): Budget {
  let held = 0;
  const queue: Waiting[] = [];
  const isFree = (weight: number) => held === 0 || held + weight <= total;
  const take = (weight: number): Share => {
    held += weight;
    let released = false;
    return {
      release: () => {
        if (released) return;
        released = true;
        held -= weight;
        grantNext();
      },
    };
  };
  const grantNext = () => {
    for (let first = queue[0]; first !== undefined && isFree(first.weight); first = queue[0]) {
      queue.shift();
      first.grant();
    }
  };
  return {
    acquire: (weight, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(abortErrorOf(signal));
        if (queue.length === 0 && isFree(weight)) return resolve(take(weight));
        const leave = () => {
          queue.splice(queue.indexOf(waiting), 1);
          grantNext();
          reject(abortErrorOf(signal));
        };
        const waiting: Waiting = {
          weight,
          grant: () => {
            signal.removeEventListener("abort", leave);
            resolve(take(weight));
          },
        };
        queue.push(waiting);
        signal.addEventListener("abort", leave, { once: true });
      }),
  };
}

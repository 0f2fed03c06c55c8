import type { Fault } from "../base/fault.ts";
import type { CommandType, Reply } from "../model/wire.ts";
import { engineError } from "./session-faults.ts";

/**
 * The calls to one engine that wait for an answer. Each settles exactly once: with its answer, with a fault when the
 * engine threw, or with the fault of `settleAll` when the engine is gone, since an answer would then never come.
 */
export class OpenCalls {
  readonly #settlers = new Set<(fault: Fault) => void>();
  #ended: Fault | undefined;

  get size(): number {
    return this.#settlers.size;
  }

  track<T extends CommandType>(answer: Promise<Reply<T>>): Promise<Reply<T>> {
    return new Promise((resolve) => {
      const settle = (reply: Reply<T>) => {
        this.#settlers.delete(fail);
        resolve(reply);
      };
      const fail = (fault: Fault) => settle({ ok: false, fault });
      if (this.#ended !== undefined) return fail(this.#ended);
      this.#settlers.add(fail);
      answer.then(settle, (error: unknown) => fail(engineError(error)));
    });
  }

  /** Answers all that wait, and all that will come, with `fault`. */
  settleAll(fault: Fault): void {
    this.#ended = fault;
    for (const fail of this.#settlers) fail(fault);
  }
}

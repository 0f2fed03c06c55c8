import type { FetchAnswer, FetchTrouble } from "./spec.ts";

/** What is known of one host in the present run. A dead one costs one time-out, whatever is to be had from it. */
export class HostBreaker {
  #trouble: FetchTrouble | null = null;
  #refusals = 0;
  #hasGiven = false;

  /** Why this host is not asked any more in this run, or `null`. */
  get trouble(): FetchTrouble | null {
    return this.#trouble;
  }

  note(answer: FetchAnswer): void {
    if (answer.type !== "failed") {
      this.#hasGiven = true;
      return;
    }
    const { trouble } = answer;
    if (trouble.reason === "no-permission") this.#refusals++;
    if (this.#isOfHost(trouble)) this.#trouble ??= trouble;
  }

  /** Servers may let some of their files be read and others not, so it takes three to judge the host. */
  #isOfHost(trouble: FetchTrouble): boolean {
    if (trouble.reason === "no-permission") return this.#refusals >= 3 && !this.#hasGiven;
    if (trouble.reason === "busy") return trouble.status === 429 || trouble.status === 503;
    return trouble.reason === "unreachable" || trouble.reason === "too-slow";
  }
}

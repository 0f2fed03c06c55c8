import { beforeAll } from "vitest";
import { openTestHost, type TestHost } from "./test-host.ts";

/** One host for all tests of a file, since opening one is most of what a small test takes. */
export class SharedHost {
  #host: TestHost | null = null;
  #projects = 0;

  constructor() {
    beforeAll(async () => {
      this.#host = await openTestHost();
    });
  }

  /** How many projects it has: a number that makes the contents of each differ from those of all others. */
  get projects(): number {
    return this.#projects;
  }

  /** Another project of it. */
  project(): TestHost {
    if (this.#host === null) throw new Error("the host is open while tests run, and not before");
    return this.#host.project(`project ${this.#projects++}`);
  }
}

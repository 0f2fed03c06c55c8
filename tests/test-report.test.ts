import { describe, expect, it } from "vitest";
import { tallyPlaywright, tallyVitest } from "../scripts/test-report.mjs";

const vitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
const playwright = {
  stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0 },
  errors: [],
  suites: [],
};

describe("counting tests", () => {
  it("counts what passed and failed", () => {
    expect(tallyVitest({ ...vitest, numFailedTests: 2 })).toEqual({ passed: 3, failed: 2, faults: [] });
    const stats = { ...playwright.stats, unexpected: 1, flaky: 1 };
    expect(tallyPlaywright({ ...playwright, stats })).toEqual({ passed: 2, failed: 2, faults: [] });
  });

  it("counts a file that could not be loaded as a failed test", () => {
    const testResults = [
      { name: "a.test.ts", status: "failed", message: "no such file", assertionResults: [] },
    ];
    const unloaded = tallyVitest({ ...vitest, testResults });
    expect(unloaded).toEqual({ passed: 3, failed: 1, faults: ["a.test.ts\nno such file"] });
    const errors = [{ message: "no such file" }];
    const broken = tallyPlaywright({ ...playwright, errors });
    expect(broken).toEqual({ passed: 2, failed: 1, faults: ["no such file"] });
  });

  it("names the tests that failed, with what they say", () => {
    const assertionResults = [
      { status: "passed", fullName: "sums adds", failureMessages: [] },
      { status: "failed", fullName: "sums halves", failureMessages: ["expected 1 to be 2"] },
    ];
    const testResults = [{ name: "a.test.ts", status: "failed", message: "", assertionResults }];
    const failed = tallyVitest({ ...vitest, numFailedTests: 1, testResults });
    expect(failed.faults).toEqual(["a.test.ts > sums halves\nexpected 1 to be 2"]);

    const specs = [
      { title: "opens", file: "a.spec.ts", line: 3, tests: [{ results: [{ errors: [] }] }] },
      {
        title: "closes",
        file: "a.spec.ts",
        line: 9,
        tests: [{ results: [{ errors: [{ message: "no" }] }] }],
      },
    ];
    const stats = { ...playwright.stats, unexpected: 1 };
    const nested = tallyPlaywright({ ...playwright, stats, suites: [{ suites: [{ specs }] }] });
    expect(nested.faults).toEqual(["a.spec.ts:9 > closes\nno"]);
  });

  it("fails a check that ran no test", () => {
    expect(tallyVitest({ ...vitest, numPassedTests: 0 })).toEqual({
      passed: 0,
      failed: 1,
      faults: ["no test ran"],
    });
    const stats = { ...playwright.stats, expected: 0 };
    expect(tallyPlaywright({ ...playwright, stats }).failed).toBe(1);
  });

  it("fails a check that skipped a test", () => {
    expect(tallyVitest({ ...vitest, numPendingTests: 1 }).failed).toBe(1);
    expect(tallyVitest({ ...vitest, numTodoTests: 1 }).failed).toBe(1);
    const stats = { ...playwright.stats, skipped: 1 };
    expect(tallyPlaywright({ ...playwright, stats }).failed).toBe(1);
  });
});

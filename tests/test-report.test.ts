import { describe, expect, it } from "vitest";
import { tallyPlaywright, tallyVitest } from "../scripts/test-report.mjs";

const vitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
const playwright = { stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] };

describe("counting tests", () => {
  it("counts what passed and failed", () => {
    expect(tallyVitest({ ...vitest, numFailedTests: 2 })).toEqual({ passed: 3, failed: 2, faults: [] });
    const stats = { ...playwright.stats, unexpected: 1, flaky: 1 };
    expect(tallyPlaywright({ ...playwright, stats })).toEqual({ passed: 2, failed: 2, faults: [] });
  });

  it("counts a file that could not be loaded as a failed test", () => {
    const testResults = [{ status: "failed", assertionResults: [] }];
    expect(tallyVitest({ ...vitest, testResults }).failed).toBe(1);
    expect(tallyPlaywright({ ...playwright, errors: ["no such file"] }).failed).toBe(1);
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

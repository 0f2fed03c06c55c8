/**
 * What a check found: `tests` is how many it ran, and `faults` says in words why it cannot be trusted.
 *
 * @typedef {{ passed: number, failed: number, faults: string[] }} Tally
 */

/**
 * Counts the tests in a JSON report of Vitest. A file that could not be loaded counts as a failed test, and a
 * skipped test is a fault.
 *
 * @param {unknown} report
 * @returns {Tally}
 */
export function tallyVitest(report) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } =
    /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} */ (
      report
    );
  const unloaded = testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return tally(numPassedTests, numFailedTests + unloaded.length, numPendingTests + numTodoTests);
}

/**
 * Counts the tests in a JSON report of Playwright. A test that passed only when tried again is a failed one.
 *
 * @param {unknown} report
 * @returns {Tally}
 */
export function tallyPlaywright(report) {
  const { stats, errors } =
    /** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] }} */ (
      report
    );
  return tally(stats.expected, stats.unexpected + stats.flaky + errors.length, stats.skipped);
}

/**
 * @param {number} passed
 * @param {number} failed
 * @param {number} skipped
 * @returns {Tally}
 */
function tally(passed, failed, skipped) {
  const faults = [];
  if (passed + failed === 0) faults.push("no test ran");
  if (skipped > 0) faults.push(`${skipped} tests were skipped`);
  return { passed, failed: failed + faults.length, faults };
}

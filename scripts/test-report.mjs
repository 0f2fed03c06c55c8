/**
 * What a check found: `faults` says in words which tests failed and how, and why else it cannot be trusted.
 *
 * @typedef {{ passed: number, failed: number, faults: string[] }} Tally
 *
 * The parts of the reports that are read:
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} VitestTest
 * @typedef {{ name: string, status: string, message: string, assertionResults: VitestTest[] }} VitestFile
 * @typedef {{ message?: string }} PlaywrightError
 * @typedef {{ title: string, file: string, line: number, tests: { results: { errors: PlaywrightError[] }[] }[] }} PlaywrightSpec
 * @typedef {{ specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
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
    /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: VitestFile[] }} */ (
      report
    );
  const unloaded = testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  const failures = testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === "failed")
      .map((test) => `${file.name} > ${test.fullName}\n${test.failureMessages.join("\n")}`),
  );
  const faults = [...unloaded.map((file) => `${file.name}\n${file.message}`), ...failures];
  return tally(numPassedTests, numFailedTests + unloaded.length, numPendingTests + numTodoTests, faults);
}

/**
 * Counts the tests in a JSON report of Playwright. A test that passed only when tried again is a failed one.
 *
 * @param {unknown} report
 * @returns {Tally}
 */
export function tallyPlaywright(report) {
  const { stats, errors, suites } =
    /** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: PlaywrightError[], suites: PlaywrightSuite[] }} */ (
      report
    );
  const faults = [...suites.flatMap(failedSpecs), ...errors.map((error) => error.message ?? "")];
  return tally(stats.expected, stats.unexpected + stats.flaky + errors.length, stats.skipped, faults);
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {string[]}
 */
function failedSpecs(suite) {
  const own = (suite.specs ?? []).flatMap((spec) => {
    const errors = spec.tests.flatMap((test) => test.results.flatMap((result) => result.errors));
    if (errors.length === 0) return [];
    return [`${spec.file}:${spec.line} > ${spec.title}\n${errors.map((error) => error.message).join("\n")}`];
  });
  return [...own, ...(suite.suites ?? []).flatMap(failedSpecs)];
}

/**
 * @param {number} passed
 * @param {number} failed
 * @param {number} skipped
 * @param {string[]} failures what is counted in `failed`, in words
 * @returns {Tally}
 */
function tally(passed, failed, skipped, failures) {
  const doubts = [];
  if (passed + failed === 0) doubts.push("no test ran");
  if (skipped > 0) doubts.push(`${skipped} tests were skipped`);
  return { passed, failed: failed + doubts.length, faults: [...failures, ...doubts] };
}

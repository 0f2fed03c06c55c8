import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Fails when axe finds a fault in the page as it stands. The source is evaluated through the debugger, because the
 * app's content security policy lets no foreign script in.
 *
 * @param where names the screen in the message
 */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: source });
  const run = "axe.run(document, { iframes: false, resultTypes: ['violations'] })";
  const { result } = await session.send("Runtime.evaluate", {
    expression: `${run}.then((results) => JSON.stringify(results.violations))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  const violations = JSON.parse(String(result.value)) as AxeResults["violations"];
  expect(violations.map(describe), `axe on ${where}`).toEqual([]);
}

function describe(violation: AxeResults["violations"][number]): string {
  const places = violation.nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary ?? ""}`);
  return `${violation.id}: ${violation.help}\n  ${places.join("\n  ")}`;
}

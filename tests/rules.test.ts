import { describe, expect, it } from "vitest";
import { checkRules } from "../scripts/check-rules.mjs";
import { makeFolder } from "./folder.ts";

const spec = "# Rules\n\n- [Q1] first\n- **[Q2]** second\n\n[Q3] third, after [Q1]\n";
const empty = { "tests/README.md": "", "e2e/README.md": "" };
/** The brackets are added here, or this file itself would cite the rules. */
const citing = (...rules: readonly string[]) =>
  `it("${rules.map((rule) => `[${rule}]`).join(" ")} does", () => {});\n`;

describe("the rule checker", () => {
  it("is content when every rule has a test", () => {
    const files = {
      "src/a/SPEC.md": spec,
      "src/a/a.test.ts": citing("Q1") + citing("Q2", "Q3"),
    };
    expect(checkRules(makeFolder({ ...empty, ...files }))).toEqual({ rules: 3, errors: [] });
  });

  it("counts citations in test kits, in browser tests and in tables", () => {
    const files = {
      "src/a/SPEC.md": spec,
      "src/a/a.test-kit.ts": citing("Q1").replace(/"/g, "`").replace("it", "it.each([1])"),
      "src/a/a.browser.test.ts": citing("Q2"),
      "e2e/a.spec.ts": citing("Q3").replace("it(", "test(\n  "),
    };
    expect(checkRules(makeFolder({ ...empty, ...files })).errors).toEqual([]);
  });

  it("names a rule without a test, and a rule that is only mentioned inside a name", () => {
    const files = {
      "src/a/SPEC.md": spec,
      "src/a/a.test.ts": citing("Q1") + 'it("see [Q2]", () => {});' + citing("Q3"),
    };
    expect(checkRules(makeFolder({ ...empty, ...files })).errors).toEqual([
      "[Q2] of src/a/SPEC.md has no test",
    ]);
  });

  it("names a test of a rule that does not exist", () => {
    const files = { "src/a/a.test.ts": citing("Q9") };
    expect(checkRules(makeFolder({ ...empty, ...files })).errors).toEqual([
      "[Q9] of src/a/a.test.ts is in no SPEC.md",
    ]);
  });

  it("names a rule that is stated twice", () => {
    const files = { "src/a/SPEC.md": "[Q1] a", "src/b/SPEC.md": "[Q1] b", "src/a/a.test.ts": citing("Q1") };
    expect(checkRules(makeFolder({ ...empty, ...files })).errors).toEqual([
      "[Q1] is stated 2 times: src/a/SPEC.md, src/b/SPEC.md",
    ]);
  });
});

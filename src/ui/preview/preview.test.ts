import { describe, expect, it } from "vitest";
import { noHistory, pageAt, visit } from "./page-history.ts";
import { sitePathOf } from "./site-address.ts";

describe("page history", () => {
  const three = ["a", "b", "c"].reduce(visit, noHistory);

  it("goes back and forward among what was visited", () => {
    expect(pageAt(three, -1)).toBe("b");
    expect(pageAt(three, 1)).toBeUndefined();
    const back = visit(three, "b");
    expect([pageAt(back, -1), pageAt(back, 1)]).toEqual(["a", "c"]);
  });

  it("forgets what lay ahead when it takes another way", () => {
    const other = visit(visit(three, "b"), "d");
    expect(other).toEqual({ pages: ["a", "b", "d"], place: 2 });
  });

  it("stays the same object when the page stays", () => {
    expect(visit(three, "c")).toBe(three);
  });
});

describe("sitePathOf", () => {
  const index = "https://strata.test/app/preview/p1/index.html";

  it.each([
    ["https://strata.test/app/preview/p1/a/b%20c.html?x=1#y", "a/b c.html"],
    ["https://strata.test/app/preview/p1/", "index.html"],
    ["https://strata.test/app/preview/p1/guide/", "guide/index.html"],
    ["https://strata.test/app/preview/p1/100%.html", "100%.html"],
  ])("reads %s as %s", (address, path) => expect(sitePathOf(address, index)).toBe(path));

  it.each([
    "https://strata.test/app/preview/p2/a.html",
    "https://other.test/app/preview/p1/a.html",
    "about:blank",
  ])("finds %s outside the site", (address) => expect(sitePathOf(address, index)).toBeUndefined());
});

import { expect, expectTypeOf, it } from "vitest";
import { from } from "./query.ts";
import type { RowOf } from "./query.ts";
import { choose, literal, parameter } from "./term.ts";

type Page = {
  readonly key: string;
  readonly title: string;
  readonly status: "READY" | "DONE";
  readonly size: number;
  readonly parent?: string;
};
type Link = {
  readonly key: string;
  readonly source: string;
  readonly target: string;
  readonly weight: number | null;
};

const pages = from<Page>("page");
const links = from<Link>("link");

it("[CQ1] makes of its calls the plan that they say, step by step", () => {
  const query = pages
    .where((page) => page.status.equals("DONE").and(page.size.above(parameter<number>("least"))))
    .select((page) => ({
      name: page.title,
      kilobytes: page.size.over(1024),
      kind: choose(page.size.above(9), literal("large"), literal("small")),
    }))
    .orderBy(["kilobytes", "descending"], "name")
    .limit(50, 10);
  expect(query.plan).toEqual({
    type: "window",
    order: [
      ["kilobytes", "descending"],
      ["name", "ascending"],
    ],
    offset: 10,
    limit: 50,
    of: {
      type: "map",
      columns: {
        name: { type: "column", name: "title" },
        kilobytes: {
          type: "arithmetic",
          by: "/",
          left: { type: "column", name: "size" },
          right: { type: "literal", value: 1024 },
        },
        kind: {
          type: "choose",
          when: {
            type: "compare",
            by: ">",
            left: { type: "column", name: "size" },
            right: { type: "literal", value: 9 },
          },
          then: { type: "literal", value: "large" },
          otherwise: { type: "literal", value: "small" },
        },
      },
      of: {
        type: "filter",
        of: { type: "scan", table: "page" },
        where: {
          type: "and",
          of: [
            {
              type: "compare",
              by: "=",
              left: { type: "column", name: "status" },
              right: { type: "literal", value: "DONE" },
            },
            {
              type: "compare",
              by: ">",
              left: { type: "column", name: "size" },
              right: { type: "parameter", name: "least" },
            },
          ],
        },
      },
    },
  });
});

it("[CQ1] joins, groups, nests and unites", () => {
  const page = { type: "scan", table: "page" };
  const link = { type: "scan", table: "link" };
  const join = { type: "join", left: link, right: page, on: [["target", "key"]] };
  expect(links.join(pages, { target: "key" }, { to: "title" }).plan).toEqual({
    ...join,
    kind: "inner",
    take: { to: "title" },
  });
  expect(links.leftJoin(pages, { target: "key" }, { to: "title" }).plan).toMatchObject({ kind: "left" });
  expect(links.whereIn(pages, { target: "key" }).plan).toEqual({ ...join, kind: "semi", take: {} });
  expect(
    links.groupBy(["source"], (of) => ({
      links: of.count(),
      weight: of.sum("weight"),
      first: of.min("target"),
    })).plan,
  ).toEqual({
    type: "group",
    of: link,
    by: ["source"],
    aggregates: {
      links: { type: "count" },
      weight: { type: "sum", column: "weight" },
      first: { type: "min", column: "target" },
    },
  });
  expect(links.distinctBy("source").union(links).plan).toEqual({
    type: "union",
    of: [{ type: "distinct", of: link, by: ["source"] }, link],
  });
  const nested = { type: "nest", of: page, on: [["key", "source"]], as: "links" };
  expect(pages.nest("links", links.orderBy("target").limit(3), { key: "source" }).plan).toEqual({
    ...nested,
    child: link,
    order: [["target", "ascending"]],
    limit: 3,
  });
  expect(
    pages.nest("links", links.orderBy("target").limit(3, 1).pick("target"), { key: "target" }).plan,
  ).toEqual({
    ...nested,
    on: [["key", "target"]],
    child: {
      type: "project",
      columns: ["target"],
      of: { type: "window", of: link, order: [["target", "ascending"]], offset: 1, limit: 3 },
    },
    order: [],
    limit: null,
  });
});

it("[CQ1] writes every test and calculation down", () => {
  const query = pages.where((page) =>
    page.title
      .startsWith("a")
      .or(page.title.endsWith("b"), page.title.includes("c"), page.title.includesFolded("d"))
      .and(
        page.size.plus(1).minus(page.size).times(2).atLeast(3),
        page.size.below(4).not(),
        page.size.atMost(5),
        page.parent.differs(null),
        page.status.isOneOf(["READY", parameter("status")]),
      ),
  );
  expect(
    JSON.stringify(query.plan)
      .match(/"(by|type)":"[^"]*[^"]"/g)
      ?.map((part) => part.split('"')[3]),
  ).toEqual(
    [
      "filter scan and or text startsWith column literal text endsWith column literal text includes column literal",
      "text includesFolded column literal compare >= arithmetic * arithmetic - arithmetic + column literal column",
      "literal literal not compare < column literal compare <= column literal compare <> column literal",
      "in column literal parameter",
    ].flatMap((line) => line.split(" ")),
  );
});

it("[CQ2] knows the type of the rows", () => {
  const grouped = links.groupBy(["source"], (of) => ({ links: of.count(), heaviest: of.max("weight") }));
  expectTypeOf<RowOf<typeof grouped>>().toEqualTypeOf<{
    readonly key: string;
    readonly source: string;
    readonly links: number;
    readonly heaviest: number | null;
  }>();
  const told = links.leftJoin(pages, { target: "key" }, { to: "title" }).pick("to", "weight");
  expectTypeOf<RowOf<typeof told>>().toEqualTypeOf<{
    readonly key: string;
    readonly to: string | null;
    readonly weight: number | null;
  }>();
  const nested = pages.pick("title").nest("links", links.pick("target"), { key: "target" });
  expectTypeOf<RowOf<typeof nested>["links"][number]["target"]>().toEqualTypeOf<string>();
  const selected = pages.select((page) => ({ parent: page.parent, twice: page.size.times(2) }));
  expectTypeOf<RowOf<typeof selected>>().toEqualTypeOf<{
    readonly key: string;
    readonly parent: string | null;
    readonly twice: number | null;
  }>();
  // @ts-expect-error There is no such status.
  pages.where((page) => page.status.equals("BROKEN"));
  // @ts-expect-error There is no such column.
  pages.orderBy("weight");
  // @ts-expect-error The key is the row's own.
  pages.select((page) => ({ key: page.title }));
  // @ts-expect-error Nor for these to make.
  links.join(pages, { target: "key" }, { key: "title" });
  // @ts-expect-error Nor for these to make.
  links.groupBy(["key"], (of) => ({ links: of.count() }));
  // @ts-expect-error Nor for these to make.
  links.groupBy(["source"], (of) => ({ key: of.count() }));
  // @ts-expect-error Nor for these to make.
  pages.nest("key", links, { key: "source" });
  const ordered = links.orderBy("target");
  pages.nest("links", ordered.limit(3, 1).limit(3), { key: "source" });
  pages.nest("links", ordered.limit(3, 0), { key: "source" });
  // @ts-expect-error The offset would be into the children of all.
  expect(() => pages.nest("links", ordered.limit(3, 1), { key: "source" })).toThrow("offset");
  // @ts-expect-error Nor one that is only known later.
  expect(() => pages.nest("links", ordered.limit(3, pages.plan.type.length), { key: "source" })).toThrow(
    "offset",
  );
  // @ts-expect-error Rows of another kind cannot be united with these.
  pages.union(links);
});

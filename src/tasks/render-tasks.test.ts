import { describe, expect, it } from "vitest";
import { createMemoryStores } from "../artifacts/memory-stores.ts";
import { parseProjectPath, type ProjectPath } from "../base/project-path.ts";
import { invariant } from "../base/invariant.ts";
import { loadHasher } from "../base/xxhash.ts";
import { asContentHash, asResourceId, asSitePath } from "../model/ids.ts";
import { referenceKey, type PageFrame, type ResolvedReferences } from "../model/render.ts";
import type { TaskItem, TaskResult } from "../model/wire.ts";
import type { RunTask, TaskContext } from "./contract.ts";
import { run as emit } from "./emit/run.ts";
import { run as renderFragment } from "./render-fragment/run.ts";
import { run as renderListing } from "./render-listing/run.ts";
import { run as renderPage } from "./render-page/run.ts";

function path(text: string): ProjectPath {
  const parsed = parseProjectPath(text);
  invariant(parsed !== undefined, "the test's paths are good");
  return parsed;
}

const frame: PageFrame = {
  siteTitle: "Site",
  language: "en",
  baseUrl: null,
  sitePath: asSitePath("a/b.html"),
  title: "Title",
  navigation: [],
  backlinks: [],
  stylesheet: asSitePath("strata.css"),
};

const file = (text: string) => ({ type: "file", file: new Blob([text]) }) as const;
const item = (name: string, input: object): TaskItem => ({ resourceId: asResourceId(name), input });
const page = (
  name: string,
  text: string,
  references: ResolvedReferences = {},
  layout: object | null = null,
) => item(name, { path: path("a/b.md"), syntax: "markdown", bytes: file(text), references, frame, layout });

/** Stores in memory that count how often they are asked. */
function openStores() {
  const { artifacts, highlighted } = createMemoryStores();
  const calls = { put: 0, cacheHits: 0, cacheWrites: 0 };
  const context: TaskContext = {
    artifacts: { ...artifacts, putMany: (many) => (calls.put++, artifacts.putMany(many)) },
    highlighted: {
      getMany: async (keys) => {
        const texts = await highlighted.getMany(keys);
        calls.cacheHits += texts.filter((text) => text !== undefined).length;
        return texts;
      },
      putMany: (entries) => ((calls.cacheWrites += entries.length), highlighted.putMany(entries)),
    },
    signal: new AbortController().signal,
  };
  const textOf = async (result: TaskResult | undefined): Promise<string> => {
    invariant(result?.status === "done" && result.artifact !== null, "the task made an artifact");
    return new TextDecoder().decode(await artifacts.get(result.artifact.hash));
  };
  return { context, calls, textOf };
}

const runOne = async (run: RunTask, one: TaskItem, context: TaskContext) => (await run([one], context))[0];

describe("rendering tasks", () => {
  it("[D20] store a batch at once, each output under the hash of its bytes", async () => {
    const { context, calls, textOf } = openStores();
    const results = await renderPage(
      [page("p1", "# One"), page("p2", "# Two"), page("p3", "# One")],
      context,
    );
    expect(calls.put).toBe(1);
    expect(results.map(({ resourceId }) => resourceId)).toEqual(["p1", "p2", "p3"]);
    const hasher = await loadHasher();
    for (const result of results) {
      invariant(result.status === "done", "every page was made");
      expect(result.artifact?.hash).toBe(hasher.text(await textOf(result)));
      expect(result.artifact?.type).toBe("text/html");
      expect(result.read).toEqual(["a/b.md"]);
    }
    expect(results[0]).toMatchObject({ artifact: (results[2] as { artifact: unknown }).artifact });
  });

  it("[D20] let a bad item fail alone", async () => {
    const { context } = openStores();
    const gone = item("gone", {
      ...(page("x", "").input as object),
      bytes: { type: "artifact", hash: asContentHash("00000000000000ff") },
    });
    const layout = { path: path("layout.html"), bytes: file("{{#open}}") };
    const lost = {
      [referenceKey("embed", "c", "")]: {
        type: "fragment",
        hash: asContentHash("00000000000000fe"),
        href: asSitePath("c.html"),
        anchor: "",
        title: "C",
      },
    } as const;
    const items = [
      page("good", "text"),
      gone,
      page("layout", "text", {}, layout),
      page("lost", "![[c]]", lost),
    ];
    const results = await renderPage(items, context);
    expect(results.map((result) => (result.status === "failed" ? result.fault.code : result.status))).toEqual(
      ["done", "copy-lost", "layout-error", "fragment-lost"],
    );
  });

  it("[D12] mark up code once, however often it is rendered", async () => {
    const { context, calls, textOf } = openStores();
    const text = "```js\nlet a;\n```\n\n```js\nlet a;\n```\n\n```js\nlet b;\n```\n\n```nonesuch\nlet\n```\n";
    const first = await runOne(renderPage, page("p", text), context);
    expect(calls).toMatchObject({ cacheHits: 0, cacheWrites: 2 });
    const second = await runOne(renderPage, page("p", text), context);
    expect(calls).toMatchObject({ cacheHits: 2, cacheWrites: 2 });
    expect(await textOf(second)).toBe(await textOf(first));
    expect((await textOf(first)).split("hljs-keyword").length).toBe(4);
  });

  it("[D5] put a fragment into any page, its addresses relative to that page", async () => {
    const { context, textOf } = openStores();
    const link = { type: "page", href: asSitePath("c/d.html"), anchor: "", title: "D" } as const;
    const fragment = await runOne(
      renderFragment,
      item("f", {
        part: { path: path("c/c.md"), anchor: "s" },
        syntax: "markdown",
        bytes: file("# C\n\n## S\n\n[d](d.md)\n"),
        references: { [referenceKey("link", "d.md", "")]: link },
      }),
      context,
    );
    invariant(fragment?.status === "done" && fragment.artifact !== null, "the fragment was made");
    const references = {
      [referenceKey("embed", "c", "S")]: {
        type: "fragment",
        hash: fragment.artifact.hash,
        href: asSitePath("c/c.html"),
        anchor: "s",
        title: "C",
      },
    } as const;
    const html = await textOf(await runOne(renderPage, page("p", "![[c#S]]", references), context));
    expect(html).toContain('<a href="../c/d.html">d</a>');
    expect(html).toContain('<a class="embed-source" href="../c/c.html#s">C</a>');
    expect(html).not.toContain("\0");
  });

  it("[D14] make listings and the files of the site", async () => {
    const { context, textOf } = openStores();
    const entries = [{ href: asSitePath("a/x.html"), title: "X" }];
    const layout = { path: path("layout.html"), bytes: file("<b>{{{content}}}</b>") };
    const plain = await runOne(renderListing, item("l", { entries, frame, layout: null }), context);
    expect(await textOf(plain)).toContain('<a href="x.html">X</a>');
    const own = await runOne(renderListing, item("l", { entries, frame, layout }), context);
    expect(await textOf(own)).toMatch(/^<b><h1>Title<\/h1>/);
    expect(own).toMatchObject({ read: ["layout.html"] });
    const pages = [asSitePath("a/x.html")];
    const files = await emit(
      [
        item("css", { type: "stylesheet" }),
        item("map", { type: "sitemap", baseUrl: "https://a.example/", pages }),
      ],
      context,
    );
    expect(await textOf(files[0])).toContain(".strata-main");
    expect(await textOf(files[1])).toContain("<loc>https://a.example/a/x.html</loc>");
  });
});

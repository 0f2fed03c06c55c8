import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { TestFolder } from "./testing/test-folder.ts";
import { openTestHost, type TestHost } from "./testing/test-host.ts";

const day = 86_400_000;
const svg = (width: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="9"/>`;
const picture = "https://img.example/logo.svg";

/** Servers in memory: what each address gives, and every request that was made. */
class Servers {
  readonly requests: string[] = [];
  readonly #answers = new Map<string, () => Response>();
  readonly #tags = new Map<string, string>();

  /** An address gives this text from now on, under a tag that follows from it. */
  give(url: string, text: string, type = "image/svg+xml"): void {
    const tag = `"${text.length}-${text.slice(-40)}"`.replaceAll(/[^\w"-]/g, "");
    this.#tags.set(url, tag);
    this.#answers.set(url, () => new Response(text, { headers: { "Content-Type": type, ETag: tag } }));
  }

  refuse(url: string, status: number): void {
    this.#tags.delete(url);
    this.#answers.set(url, () => new Response(null, { status }));
  }

  breakDown(): void {
    this.#answers.clear();
  }

  fetch(url: string, init: RequestInit): Promise<Response> {
    const condition = new Headers(init.headers).get("If-None-Match");
    if (init.method !== "HEAD" && init.redirect !== "manual") {
      this.requests.push(condition === null ? url : `${url} unless changed`);
    }
    const answer = this.#answers.get(url);
    if (answer === undefined) return Promise.reject(new TypeError("Failed to fetch"));
    const isSame = condition !== null && condition === this.#tags.get(url);
    return Promise.resolve(isSame ? new Response(null, { status: 304 }) : answer());
  }

  /** The requests since the last look. */
  taken(): readonly string[] {
    return this.requests.splice(0);
  }
}

let servers: Servers;
let whole: TestHost;
let host: TestHost;
let folder: TestFolder;
let now: number;
let online: boolean;
let projects = 0;

beforeAll(async () => {
  whole = await openTestHost(undefined, undefined, {
    fetcher: {
      setsHeaders: true,
      refuses: () => false,
      fetch: (url, init) => servers.fetch(url, init),
    },
    clock: () => now,
    online: () => online,
  });
});

beforeEach(() => {
  servers = new Servers();
  now = Date.UTC(2026, 0, 1);
  online = true;
  host = whole.project(`project-${projects++}`);
  folder = new TestFolder();
  folder.write("index.md", `# Start\n\n![A logo](${picture})\n`);
});

afterEach(() => host.deleteProject());

const page = async () => (await host.site()).get("index.html") ?? "";
const codes = () => host.problems().map(({ code }) => code);

it("[E91] fetches a picture that a page shows, and the page shows the site's own", async () => {
  servers.give(picture, svg(8));
  const run = await host.build(folder);
  expect(run).toMatchObject({ phase: "done", failed: 0 });
  expect(servers.taken()).toEqual([picture]);
  const [name] = [...(await host.site()).keys()].filter((path) => path.startsWith("remote/"));
  expect(name).toMatch(/^remote\/img\.example\/logo-[0-9a-f]{16}\.svg$/u);
  expect(await page()).toContain(`src="${name}"`);
  expect(await page()).not.toContain("https://img.example");
  expect(host.statuses().get(`file:${name}`)).toBe("DONE");
  expect(codes()).toEqual([]);
});

it("[E91] one address is one resource, however often it is shown", async () => {
  servers.give(picture, svg(8));
  folder.write("other.md", `![](${picture}) <img src="${picture}#part">`);
  await host.build(folder);
  expect(servers.taken()).toEqual([picture]);
  expect([...host.statuses().keys()].filter((id) => id.startsWith("file:remote/")).length).toBe(1);
});

it("[E92] makes no request before the lease is over, and a conditional one then", async () => {
  servers.give(picture, svg(8));
  await host.build(folder);
  servers.taken();
  now += day - 1;
  folder.write("index.md", `# Changed\n\n![A logo](${picture})\n`);
  await host.build(folder);
  expect(servers.taken()).toEqual([]);
  now += 1;
  const ran = await host.ranIn(() => host.build(folder));
  expect(servers.taken()).toEqual([`${picture} unless changed`]);
  expect(ran).toEqual([]);
  // The lease was renewed.
  now += day - 1;
  await host.build(folder);
  expect(servers.taken()).toEqual([]);
});

it("[E92] a renewed lease is known after the project is opened again, and is no operation", async () => {
  servers.give(picture, svg(8));
  await host.build(folder);
  now += day;
  await host.build(folder);
  servers.taken();
  const operations = (await host.countHistory({ documentId: null, search: "" })).matches;
  now += day - 1;
  await host.closeProject();
  await host.build(folder);
  expect(servers.taken()).toEqual([]);
  expect((await host.countHistory({ documentId: null, search: "" })).matches).toBe(operations);
});

it("[E92] the lease follows the settings, without asking when it becomes longer", async () => {
  servers.give(picture, svg(8));
  await host.build(folder);
  servers.taken();
  now += 3 * day;
  folder.write("strata.yaml", 'remote:\n  expiry:\n    "https://img.example/**": 7\n');
  await host.build(folder);
  expect(servers.taken()).toEqual([]);
  folder.write("strata.yaml", "remote:\n  expiryDays: 3\n");
  await host.build(folder);
  expect(servers.taken()).toEqual([`${picture} unless changed`]);
});

it("[E93] a new version renews what is made of it, and the old one is collected", async () => {
  servers.give(picture, svg(8));
  await host.build(folder);
  const before = new Set(await host.stores.artifacts.list());
  now += day;
  servers.give(picture, svg(16));
  const ran = await host.ranIn(() => host.build(folder));
  expect(ran.length).toBe(2);
  const [name] = [...(await host.site()).keys()].filter((path) => path.startsWith("remote/"));
  expect((await host.site()).get(name ?? "")).toBeDefined();
  expect(await page()).toContain('width="16"');
  const after = await host.stores.artifacts.list();
  expect(after.filter((hash) => !before.has(hash)).length).toBeGreaterThan(0);
  expect(after.length).toBeLessThanOrEqual(before.size);
});

it("[E93] a picture that nothing shows any more goes with its bytes", async () => {
  servers.give(picture, svg(8));
  await host.build(folder);
  folder.write("index.md", "# Start\n");
  await host.build(folder);
  expect([...host.statuses().keys()].filter((id) => id.includes("remote/"))).toEqual([]);
  expect((await host.stores.artifacts.list()).length).toBe(2);
  await host.deleteProject();
  expect(await host.stores.artifacts.list()).toEqual([]);
});

it("[E94] the copy serves while the server does not, marked as stale", async () => {
  servers.give(picture, svg(8));
  await host.build(folder);
  const before = await host.site();
  now += day;
  servers.breakDown();
  const ran = await host.ranIn(() => host.build(folder));
  expect(ran).toEqual([]);
  expect(await host.site()).toEqual(before);
  expect(host.problems()).toMatchObject([
    { code: "remote-stale", severity: "warning", path: "index.md", line: 3 },
  ]);
  const row = [...host.views.node.values()].find(({ key }) => key.startsWith("file:remote/"));
  expect(row).toMatchObject({ status: "DONE", cause: `stale: the copy of ${picture} could not be renewed` });
  servers.give(picture, svg(8));
  now += 15_000;
  await host.build(folder);
  expect(codes()).toEqual([]);
});

it("[E94] what was never fetched is linked, and fetched when it can be", async () => {
  await host.build(folder);
  expect(await page()).toContain(`src="${picture}"`);
  expect(host.problems()).toMatchObject([{ code: "remote-unavailable", severity: "warning", line: 3 }]);
  servers.give(picture, svg(8));
  now += 15_000;
  await host.build(folder);
  expect(await page()).not.toContain(picture);
  expect(codes()).toEqual([]);
});

it("[E94] with remote.onError fail it fails, and what shows it is poisoned", async () => {
  folder.write("strata.yaml", "remote:\n  onError: fail\n");
  folder.write("plain.md", "# Plain");
  servers.refuse(picture, 404);
  const run = await host.build(folder);
  expect(run).toMatchObject({ phase: "done", poisoned: 1 });
  expect(host.statuses().get("page:index.md")).toBe("POISONED");
  expect(host.statuses().get("page:plain.md")).toBe("DONE");
  const failed = [...host.statuses()].filter(([, status]) => status === "FAILED");
  expect(failed.length).toBe(1);
  const operations = (await host.countHistory({ documentId: null, search: "" })).matches;
  await host.build(folder);
  expect((await host.countHistory({ documentId: null, search: "" })).matches).toBe(operations);
  servers.give(picture, svg(8));
  now += day;
  await host.build(folder);
  expect(host.statuses().get("page:index.md")).toBe("DONE");
  expect([...host.statuses().values()]).not.toContain("FAILED");
});

it("[E95] offline, nothing is asked and one problem says so", async () => {
  online = false;
  const many = Array.from({ length: 500 }, (_, n) => `![](https://host${n % 7}.example/${n}.png)`);
  folder.write("many.md", many.join("\n\n"));
  expect(await host.build(folder)).toMatchObject({ phase: "done", failed: 0 });
  expect(servers.taken()).toEqual([]);
  expect(codes()).toEqual(["remote-unavailable"]);
  online = true;
  servers.give(picture, svg(8));
  folder.remove("many.md");
  await host.build(folder);
  expect(await page()).not.toContain(picture);
});

it("[E95] a dead host is asked little, and is one problem", async () => {
  const many = Array.from({ length: 100 }, (_, n) => `![](https://dead.example/${n}.png)`);
  folder.write("index.md", many.join("\n\n"));
  await host.build(folder);
  // The runner of one thread takes addresses one by one, eight of a host in a job, and each is tried twice.
  expect(servers.taken().length).toBeLessThanOrEqual(16);
  expect(codes()).toEqual(["remote-unavailable"]);
  expect(host.problems()[0]?.message).toContain("100 pictures of dead.example");
});

it("[E95] what failed is not asked for with every build, but again after a while", async () => {
  servers.refuse(picture, 404);
  await host.build(folder);
  expect(servers.taken()).toEqual([picture]);
  for (let n = 0; n < 5; n++) {
    folder.write("note.md", `Edit ${n}`);
    now += 1000;
    await host.build(folder);
  }
  expect(servers.taken()).toEqual([]);
  expect(codes()).toEqual(["remote-unavailable"]);
  now += 3_600_000;
  await host.build(folder);
  expect(servers.taken()).toEqual([picture]);
});

it("[E96] a document by its address is one of the project", async () => {
  const url = "https://docs.example/guide/README.md";
  const text =
    "# Upstream\n\n[Next](next.md#part) [Top](#upstream) ![](img/a.svg) [More](../other/more.md)\n";
  servers.give(url, text, "text/plain");
  servers.give("https://docs.example/guide/img/a.svg", svg(8));
  servers.give("https://docs.example/other/more.md", "# More", "text/plain");
  folder.write(
    "strata.yaml",
    `remote:\n  documents:\n    guides/upstream.md: ${url}\n    more.md: https://docs.example/other/more.md\n`,
  );
  folder.write("index.md", "[Guide](guides/upstream.md) ![[upstream]]");
  expect(await host.build(folder)).toMatchObject({ phase: "done", failed: 0, poisoned: 0 });
  const upstream = (await host.site()).get("guides/upstream.html") ?? "";
  expect(upstream).toContain('href="https://docs.example/guide/next.md#part"');
  expect(upstream).toContain('href="../more.html"');
  expect(upstream).toMatch(/src="\.\.\/remote\/docs\.example\/a-[0-9a-f]{16}\.svg"/u);
  expect(await page()).toContain('href="guides/upstream.html"');
  expect(await page()).toContain("Upstream");
  expect(codes()).toEqual([]);
});

it("[E96] a document that cannot be fetched is linked where it is", async () => {
  const url = "https://docs.example/README.md";
  folder.write("strata.yaml", `remote:\n  documents:\n    up.md: ${url}\n`);
  folder.write("index.md", "[Guide](up.md#part)");
  servers.give(url, "<!doctype html><p>A page", "text/html");
  await host.build(folder);
  expect(await page()).toContain(`href="${url}#part"`);
  expect(host.problems()).toMatchObject([{ code: "remote-unavailable", path: "strata.yaml" }]);
  expect(host.problems()[0]?.message).toContain("web page");
});

it("[E96] a file of the folder goes before a document by its address", async () => {
  folder.write(
    "strata.yaml",
    "remote:\n  documents:\n    index.md: https://docs.example/README.md\n  images: false\n",
  );
  await host.build(folder);
  expect(servers.taken()).toEqual([]);
  expect(codes()).toEqual(["remote-place-taken"]);
  expect(await page()).toContain(`src="${picture}"`);
});

it("[E96] a place changes hands between the folder and an address", async () => {
  const url = "https://docs.example/README.md";
  servers.give(url, "# From there", "text/plain");
  folder.write("strata.yaml", `remote:\n  documents:\n    up.md: ${url}\n`);
  folder.write("index.md", "# Start");
  await host.build(folder);
  expect((await host.site()).get("up.html")).toContain("From there");
  folder.write("up.md", "# From here");
  await host.build(folder);
  expect((await host.site()).get("up.html")).toContain("From here");
  folder.remove("up.md");
  await host.build(folder);
  expect((await host.site()).get("up.html")).toContain("From there");
});

it("[E97] copies that the browser dropped are fetched again", async () => {
  servers.give(picture, svg(8));
  await host.build(folder);
  servers.taken();
  await host.closeProject();
  await host.stores.artifacts.deleteMany(await host.stores.artifacts.list());
  expect(await host.build(folder)).toMatchObject({ phase: "done", failed: 0 });
  expect(servers.taken()).toEqual([picture]);
});

it("[E97] a cancel ends the fetching, and the next build does it", async () => {
  servers.give(picture, svg(8));
  const building = host.build(folder);
  await host.cancel();
  await building.catch(() => undefined);
  expect(await host.build(folder)).toMatchObject({ phase: "done" });
  expect(await page()).not.toContain(picture);
});

it("[E97] what another browser says of a copy is not believed: it is fetched without a condition", async () => {
  servers.give(picture, svg(8));
  await host.build(folder);
  servers.taken();
  const { projectId } = host;
  const page0 = await host.host.command<"log-page">({ type: "log-page", projectId, after: 0, until: 1e9 });
  expect(page0.ok && page0.value.operations.some(({ action }) => action.type === "PUT_SOURCE")).toBe(true);
  const other = whole.project(`project-${projects++}`);
  await other.open();
  const operations = (page0.ok ? page0.value.operations : []).map(
    ({ id: _, projectId: __, ...rest }) => rest,
  );
  const loaded = await other.host.command<"load">({ type: "load", projectId: other.projectId, operations });
  expect(loaded.ok).toBe(true);
  expect(await other.build(folder)).toMatchObject({ phase: "done", failed: 0 });
  expect(servers.taken()).toEqual([picture]);
  expect((await other.site()).get("index.html")).not.toContain(picture);
  await other.deleteProject();
});

it("[E91] asks for nothing but pictures: no frame, film or script that a page would not load either", async () => {
  const tags = ["iframe", "script", "video", "audio", "embed", "source"];
  folder.write(
    "index.md",
    tags.map((tag) => `<${tag} src="https://img.example/${tag}.svg"></${tag}>`).join("\n\n"),
  );
  folder.write(
    "page.html",
    '<iframe src="https://img.example/a.svg"></iframe><img src="https://img.example/b.svg">',
  );
  await host.build(folder);
  const asked = new Set(servers.taken());
  expect([...asked]).toEqual(["https://img.example/b.svg"]);
});

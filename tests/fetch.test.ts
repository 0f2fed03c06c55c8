import { afterEach, beforeEach, expect, it } from "vitest";
import { createMemoryStores } from "../src/artifacts/memory-stores.ts";
import { asResourceId } from "../src/model/ids.ts";
import type { TaskItem } from "../src/model/wire.ts";
import type { Fetcher } from "../src/tasks/fetch/fetcher.ts";
import { run } from "../src/tasks/fetch/run.ts";
import { gives, givesTagged, startTestServer, type TestServer } from "./web-server.ts";
import type { Expected, FetchAnswer, FetchInput, Validators } from "../src/tasks/fetch/spec.ts";

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="9"/>';
const limits = { maxBytes: 10_000, attemptMs: 400, totalMs: 1000, backoffMs: [20, 40] };
const now = Date.UTC(2026, 0, 1);

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.close());

const network: Fetcher = {
  fetch: (url, init) => fetch(url, init),
  setsHeaders: true,
  refuses: () => false,
};

type Ask = {
  readonly expected?: Expected;
  readonly held?: Validators;
  readonly limits?: Partial<FetchInput["limits"]>;
};

const itemOf = (url: string, { expected = "image", held, limits: own }: Ask = {}): TaskItem => {
  const input: FetchInput = { url, expected, held: held ?? null, now, limits: { ...limits, ...own } };
  return { resourceId: asResourceId(`file:${url}`), input };
};

async function runAll(items: readonly TaskItem[], fetcher: Fetcher | null = network) {
  const { artifacts, highlighted } = createMemoryStores();
  const { signal } = new AbortController();
  const results = await run(items, { artifacts, highlighted, fetcher: fetcher ?? undefined, signal });
  const answers = results.map((result) =>
    result.status === "done" ? (result.value as FetchAnswer) : undefined,
  );
  return { answers, artifacts, results };
}

async function ask(path: string, how: Ask = {}) {
  const url = path.startsWith("http") ? path : server.origin + path;
  const { answers, artifacts } = await runAll([itemOf(url, how)]);
  return { answer: answers[0], artifacts };
}

const failing = (trouble: object): unknown => expect.objectContaining({ type: "failed", trouble });

it("[T30] stores a picture under its hash, with the type that its bytes have", async () => {
  server.on("/a", gives(svg, "text/plain"));
  const { answer, artifacts } = await ask("/a");
  expect(answer).toMatchObject({
    type: "fetched",
    format: "svg",
    mediaType: "image/svg+xml",
    size: svg.length,
    finalUrl: `${server.origin}/a`,
    etag: null,
  });
  const hash = answer?.type === "fetched" ? answer.hash : undefined;
  expect(new TextDecoder().decode(await artifacts.get(hash!))).toBe(svg);
});

it.each([
  ["image", "text/html", "<!doctype html><p>Gone", "wrong-type"],
  ["image", "image/png", "", "wrong-type"],
  ["markdown", "text/html", "<!doctype html><p>Page", "wrong-type"],
  ["markdown", "text/plain", "zero \0 byte", "wrong-type"],
  ["markdown", "image/svg+xml", svg, "wrong-type"],
  ["html", "text/plain", "# Title", "wrong-type"],
  ["markdown", "text/plain; charset=utf-8", "# Title", "fetched"],
  ["markdown", "application/octet-stream", "# Title", "fetched"],
  ["html", "TEXT/HTML", "<h1>Title</h1>", "fetched"],
] as const)("[T30] for %s, what is %s and says %j is %s", async (expected, type, body, end) => {
  server.on("/a", gives(body, type));
  const { answer, artifacts } = await ask("/a", { expected });
  expect(answer?.type === "failed" ? answer.trouble.reason : answer?.type).toBe(end);
  expect((await artifacts.list()).length).toBe(end === "fetched" ? 1 : 0);
});

it("[T31] asks whether a copy is still the same, and stores nothing when it is", async () => {
  server.on("/a", givesTagged(svg, '"one"'));
  const held = { etag: '"one"', lastModified: "Thu, 01 Jan 2026 00:00:00 GMT" };
  const { answer, artifacts } = await ask("/a", { held });
  expect(answer).toEqual({ type: "not-modified", etag: '"one"', lastModified: null });
  expect(await artifacts.list()).toEqual([]);
  expect(server.headers[0]).toMatchObject({ "if-modified-since": held.lastModified });
  expect((await ask("/a", { held: { etag: '"older"', lastModified: null } })).answer).toMatchObject({
    type: "fetched",
    etag: '"one"',
  });
});

it("[T31] sends no condition without a copy, and none where headers need permission", async () => {
  server.on("/a", givesTagged(svg, '"one"'));
  await ask("/a");
  const held = { etag: '"one"', lastModified: null };
  const { answers } = await runAll([itemOf(`${server.origin}/a`, { held })], {
    ...network,
    setsHeaders: false,
  });
  expect(answers).toMatchObject([{ type: "fetched" }]);
  expect(server.headers.filter((headers) => "if-none-match" in headers)).toEqual([]);
});

it("[T32] gives up what is too large, announced or not, without reading it to its end", async () => {
  server.on(
    "/announced",
    (_, response) => void response.writeHead(200, { "Content-Length": 10_001 }).write("a"),
  );
  server.on("/endless", (_, response) => {
    const more = setInterval(() => response.write("a".repeat(3000)), 1);
    response.on("close", () => clearInterval(more));
  });
  const tooLarge = failing({ reason: "too-large", maxBytes: 10_000 });
  expect((await ask("/announced")).answer).toEqual(tooLarge);
  expect((await ask("/endless")).answer).toEqual(tooLarge);
});

it("[T33] asks again when the server is busy, as often as it is worth it", async () => {
  let times = 0;
  server.on("/mends", (request, response) => {
    if (++times < 3) response.writeHead(503).end();
    else gives(svg)(request, response);
  });
  expect((await ask("/mends")).answer).toMatchObject({ type: "fetched" });
  server.on("/broken", (_, response) => void response.writeHead(500).end());
  expect((await ask("/broken")).answer).toEqual(failing({ reason: "busy", status: 500, retryAfter: null }));
  expect(server.requests.filter((request) => request.endsWith("/broken")).length).toBe(3);
});

it("[T33] does not ask again what the server refuses", async () => {
  expect((await ask("/nothing")).answer).toEqual(failing({ reason: "status", status: 404 }));
  expect(server.requests).toEqual(["GET /nothing"]);
});

it("[T33] waits as long as the server asks, or gives up at once where that is too long", async () => {
  let times = 0;
  server.on("/wait", (request, response) => {
    if (++times === 1) response.writeHead(429, { "Retry-After": "Thu, 01 Jan 2026 00:00:00 GMT" }).end();
    else gives(svg)(request, response);
  });
  expect((await ask("/wait")).answer).toMatchObject({ type: "fetched" });
  server.on("/later", (_, response) => void response.writeHead(429, { "Retry-After": "3600" }).end());
  expect((await ask("/later")).answer).toEqual(
    failing({ reason: "busy", status: 429, retryAfter: 3_600_000 }),
  );
  expect(server.requests.filter((request) => request.endsWith("/later")).length).toBe(1);
});

it("[T33] ends with a server that never answers, or never comes to an end", async () => {
  server.on("/silent", () => {});
  server.on("/drips", (_, response) => {
    const more = setInterval(() => response.write("a"), 20);
    response.on("close", () => clearInterval(more));
  });
  const started = performance.now();
  expect((await ask("/silent")).answer).toEqual(failing({ reason: "too-slow" }));
  expect((await ask("/drips")).answer).toEqual(failing({ reason: "too-slow" }));
  expect(performance.now() - started).toBeLessThan(2 * 1000);
});

it("[T33] asks once more where the connection broke", async () => {
  let times = 0;
  server.on("/a", (request, response) => {
    if (++times === 1) request.socket.destroy();
    else gives(svg)(request, response);
  });
  expect((await ask("/a")).answer).toMatchObject({ type: "fetched" });
});

it("[T34] follows redirects and says where they ended", async () => {
  server.on("/old", (_, response) => void response.writeHead(301, { Location: "/new/a.svg" }).end());
  server.on("/new/a.svg", gives(svg));
  expect((await ask("/old")).answer).toMatchObject({ finalUrl: `${server.origin}/new/a.svg` });
});

it("[T34] tells a circle of redirects from a server that is not there", async () => {
  server.on("/round", (_, response) => void response.writeHead(302, { Location: "/round" }).end());
  expect((await ask("/round")).answer).toEqual(failing({ reason: "redirects" }));
  const other = await startTestServer();
  await other.close();
  expect((await ask(`${other.origin}/a`)).answer).toEqual(failing({ reason: "unreachable" }));
});

it("[T35] asks a dead host for one address, whatever else is wanted from it", async () => {
  server.on("/a", gives(svg));
  let asked = 0;
  const fetcher: Fetcher = {
    ...network,
    fetch: (url, init) => {
      if (!url.startsWith("http://dead.example")) return fetch(url, init);
      asked++;
      return Promise.reject(new TypeError("Failed to fetch"));
    },
  };
  const urls = Array.from({ length: 20 }, (_, n) => `http://dead.example/${n}`);
  const { answers } = await runAll(
    [...urls, `${server.origin}/a`].map((url) => itemOf(url)),
    fetcher,
  );
  const ends = answers.map((answer) => (answer?.type === "failed" ? answer.trouble.reason : answer?.type));
  expect(ends).toEqual([...urls.map(() => "unreachable"), "fetched"]);
  // Two at the same time, each tried twice and looked into twice.
  expect(asked).toBeLessThanOrEqual(8);
});

it("[T35] leaves a host alone that asks for it", async () => {
  server.on("/a", (_, response) => void response.writeHead(429, { "Retry-After": "60" }).end());
  const items = Array.from({ length: 10 }, (_, n) => itemOf(`${server.origin}/a?${n}`));
  const { answers } = await runAll(items);
  expect(answers.every((answer) => answer?.type === "failed" && answer.trouble.reason === "busy")).toBe(true);
  expect(server.requests.length).toBeLessThanOrEqual(2);
});

/** As a browser answers for a server that does not let itself be read. */
const closed = (readable: (url: string) => boolean) => {
  const asked: string[] = [];
  const fetcher: Fetcher = {
    ...network,
    setsHeaders: false,
    fetch: (url, init) => {
      if (readable(url)) return Promise.resolve(new Response(svg));
      asked.push(`${init.mode ?? "cors"} ${url}`);
      if (init.mode === "no-cors") return Promise.resolve(new Response(null));
      return Promise.reject(new TypeError("Failed to fetch"));
    },
  };
  return { fetcher, asked };
};

it("[T35] tells a server that may not be read, and judges a host by three of them", async () => {
  const { fetcher, asked } = closed(() => false);
  const items = Array.from({ length: 12 }, (_, n) => itemOf(`https://closed.example/${n}`));
  const { answers } = await runAll(items, fetcher);
  expect(answers).toEqual(items.map(() => failing({ reason: "no-permission" })));
  const urls = new Set(asked.map((request) => request.split(" ")[1]));
  expect(urls.size).toBeGreaterThanOrEqual(3);
  expect(urls.size).toBeLessThanOrEqual(4);
});

it("[T35] goes on with a host of which something may be read", async () => {
  const { fetcher } = closed((url) => Number(url.split("/").at(-1)) % 2 === 0);
  const items = Array.from({ length: 12 }, (_, n) => itemOf(`https://half.example/${n}`));
  const { answers } = await runAll(items, fetcher);
  expect(answers.map((answer) => answer?.type)).toEqual(
    items.map((_, n) => (n % 2 === 0 ? "fetched" : "failed")),
  );
});

it("[T35] keeps few requests open at one host", async () => {
  for (let n = 0; n < 12; n++) {
    server.on(`/${n}`, (request, response) => setTimeout(() => gives(svg)(request, response), 10));
  }
  const { answers } = await runAll(Array.from({ length: 12 }, (_, n) => itemOf(`${server.origin}/${n}`)));
  expect(answers.every((answer) => answer?.type === "fetched")).toBe(true);
  expect(server.greatest()).toBeLessThanOrEqual(2);
});

it("[T36] sends neither cookies nor a referrer", async () => {
  server.on("/a", gives(svg));
  let init: RequestInit | undefined;
  await runAll([itemOf(`${server.origin}/a`)], {
    ...network,
    fetch: (url, given) => {
      init = given;
      return fetch(url, given);
    },
  });
  expect(init).toMatchObject({ credentials: "omit", referrerPolicy: "no-referrer", cache: "no-cache" });
  expect(server.headers[0]?.cookie).toBeUndefined();
  expect(server.headers[0]?.referer).toBeUndefined();
});

it("[T36] asks nothing without a fetcher, and nothing that the fetcher refuses", async () => {
  const item = itemOf(`${server.origin}/a`);
  expect((await runAll([item], null)).answers).toEqual([failing({ reason: "no-fetcher" })]);
  const refusing = { ...network, refuses: () => true };
  expect((await runAll([item], refusing)).answers).toEqual([failing({ reason: "insecure" })]);
  expect(server.requests).toEqual([]);
});

it("[T37] ends at once when the signal aborts", async () => {
  server.on("/silent", () => {});
  const { artifacts, highlighted } = createMemoryStores();
  const controller = new AbortController();
  const items = [itemOf(`${server.origin}/silent`, { limits: { attemptMs: 60_000, totalMs: 60_000 } })];
  const running = run(items, { artifacts, highlighted, fetcher: network, signal: controller.signal });
  setTimeout(() => controller.abort(), 50);
  await expect(running).rejects.toThrow(/abort/i);
});

it("[T37] has an answer for whatever a fetcher does", async () => {
  const strange: Fetcher = { ...network, fetch: () => Promise.reject(new Error("out of order")) };
  expect((await runAll([itemOf("http://example.org/a")], strange)).answers).toEqual([
    failing({ reason: "unreachable" }),
  ]);
});

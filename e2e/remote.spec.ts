import { expect, type Page } from "@playwright/test";
import { encodePng } from "../scripts/encode-png.mjs";
import { gives, startTestServer, type Answer, type TestServer } from "../tests/web-server.ts";
import { test as base } from "./app.ts";
import { makeFolder } from "./folder.ts";
import { openFolder } from "./project.ts";
import { buildAgain, rowsOf } from "./session.ts";
import { readSite } from "./site.ts";

/** A server at another origin that the test lets the app ask. */
const test = base.extend<{ readonly other: TestServer }>({
  other: async ({ mayAsk }, use) => {
    const server = await startTestServer();
    mayAsk.add(server.origin);
    await use(server);
    await server.close();
  },
});

const open = { "Access-Control-Allow-Origin": "*" };

/** A picture of one colour, large enough for two widths. */
function pictureOf(shade: number): Buffer {
  const pixels = new Uint8Array(400 * 300 * 4).fill(shade);
  for (let alpha = 3; alpha < pixels.length; alpha += 4) pixels[alpha] = 255;
  return Buffer.from(encodePng(400, 300, pixels));
}

/** Answers with a picture that other websites may read, or 304 to whoever has it. */
function givesPicture(bytes: Buffer, tag: string): Answer {
  return ({ headers }, response) => {
    const has = headers["if-none-match"] === tag;
    const head = { ...open, "Content-Type": "image/png", ETag: tag, "Cache-Control": "max-age=0" };
    response.writeHead(has ? 304 : 200, head).end(has ? undefined : bytes);
  };
}

const problems = async (page: Page) =>
  (await rowsOf(page, "problem")).map(({ code, message }) => ({ code, message }));
const html = async (page: Page) => (await readSite(page, "remote")).get("index.html")!.toString();
const variants = async (page: Page) =>
  [...(await readSite(page, "remote"))].filter(([path]) => path.startsWith("remote/"));

test("fetches a picture, keeps it for its lease, asks again after it, and renews what changed", async ({
  openApp,
  other,
}) => {
  other.on("/photo.png", givesPicture(pictureOf(40), '"one"'));
  const page = await openApp();
  const folder = makeFolder("remote", { "index.md": `# Start\n\n![A photo](${other.origin}/photo.png)\n` });
  expect(await openFolder(page, folder.path)).toMatchObject({ phase: "done", failed: 0 });
  expect(other.requests).toEqual(["GET /photo.png"]);
  expect(other.headers[0]).not.toHaveProperty("referer");
  const first = await variants(page);
  expect(first.map(([path]) => path.replace(/-[0-9a-f]{16}/u, ""))).toEqual([
    expect.stringMatching(/^remote\/localhost-\d+\/photo\.320\.webp$/u),
    expect.stringMatching(/^remote\/localhost-\d+\/photo\.400\.webp$/u),
  ]);
  expect(await html(page)).toMatch(/srcset="remote\/localhost-\d+\/photo-[0-9a-f]{16}\.320\.webp 320w, /u);
  expect(await html(page)).not.toContain(other.origin);

  expect(await buildAgain(page)).toMatchObject({ phase: "done", built: 0 });
  expect(other.requests.length, "no request before the lease is over").toBe(1);

  folder.write("strata.yaml", "remote:\n  expiryDays: 0\n");
  expect(await buildAgain(page)).toMatchObject({ phase: "done", built: 0 });
  await expect.poll(() => other.requests.length).toBeGreaterThan(1);
  expect(other.headers.slice(1).every((headers) => headers["if-none-match"] === '"one"')).toBe(true);

  other.on("/photo.png", givesPicture(pictureOf(200), '"two"'));
  await buildAgain(page);
  const second = await variants(page);
  expect(second.map(([path]) => path)).toEqual(first.map(([path]) => path));
  for (const [n, [, bytes]] of second.entries()) expect(bytes.equals(first[n]![1])).toBe(false);
  expect(await problems(page)).toEqual([]);

  await other.close();
  expect(await buildAgain(page)).toMatchObject({ phase: "done", built: 0, failed: 0 });
  expect(await problems(page)).toEqual([
    {
      code: "remote-stale",
      message: expect.stringMatching(/does not answer\. The copy fetched before is used\.$/u),
    },
  ]);
  expect((await variants(page)).length).toBe(2);
});

test("links a picture that its server lets nobody read, and says so in words", async ({ openApp, other }) => {
  other.on("/closed.png", gives(pictureOf(40), "image/png"));
  const page = await openApp();
  const folder = makeFolder("remote", { "index.md": `![](${other.origin}/closed.png)\n` });
  expect(await openFolder(page, folder.path)).toMatchObject({ phase: "done", failed: 0 });
  expect(await problems(page)).toEqual([
    {
      code: "remote-unavailable",
      message: expect.stringContaining("does not permit other websites to read it"),
    },
  ]);
  expect(await html(page)).toContain(`src="${other.origin}/closed.png"`);
});

test("tells what came of other addresses, each in its own words", async ({ openApp, other }) => {
  other.on("/page.png", gives("<!doctype html>", "text/html", open));
  other.on("/huge.png", (_, response) => {
    response.writeHead(200, { ...open, "Content-Length": String(2 ** 30) }).write("a");
  });
  other.on("/round.png", (_, response) => {
    response.writeHead(302, { ...open, Location: "/round.png" }).end();
  });
  other.on("/moved.png", (_, response) => {
    response.writeHead(301, { ...open, Location: "/photo.png" }).end();
  });
  other.on("/photo.png", givesPicture(pictureOf(40), '"one"'));
  other.on("/missing.png", (_, response) => void response.writeHead(404, open).end());
  other.on("/guide.md", gives("# Guide\n\n![](photo.png)\n", "text/plain", open));
  const page = await openApp();
  const names = ["page", "huge", "round", "moved", "missing"];
  const folder = makeFolder("remote", {
    "strata.yaml": `remote:\n  documents:\n    guide.md: ${other.origin}/guide.md\n`,
    "index.md": `[Guide](guide.md)\n\n${names.map((name) => `![](${other.origin}/${name}.png)`).join("\n\n")}\n`,
  });
  expect(await openFolder(page, folder.path)).toMatchObject({ phase: "done", failed: 0 });
  const told = (await problems(page)).map(({ message }) =>
    /\/(\w+\.png) could not be fetched: (.*?)\./u.exec(message),
  );
  expect(Object.fromEntries(told.map((match) => [match?.[1], match?.[2]]))).toEqual({
    "page.png": expect.stringContaining("no picture"),
    "huge.png": expect.stringContaining("bytes"),
    "round.png": expect.stringContaining("leads on to others"),
    "missing.png": expect.stringContaining("404"),
  });
  expect((await readSite(page, "remote")).get("guide.html")!.toString()).toMatch(
    /srcset="remote\/localhost-/u,
  );
});

test("asks nobody when pictures from elsewhere are turned off", async ({ openApp, other }) => {
  const page = await openApp();
  const folder = makeFolder("remote", {
    "strata.yaml": "remote:\n  images: false\n",
    "index.md": `![](${other.origin}/photo.png)\n`,
  });
  await openFolder(page, folder.path);
  expect(other.requests).toEqual([]);
  expect(await problems(page)).toEqual([]);
});

test("asks nobody without a network, whatever a folder shows, and tells it once", async ({
  openApp,
  other,
}) => {
  const page = await openApp("?network=off");
  const pictures = Array.from({ length: 300 }, (_, n) => `![](${other.origin}/${n}.png)`);
  const folder = makeFolder("remote", { "index.md": pictures.join("\n\n") });
  expect(await openFolder(page, folder.path)).toMatchObject({ phase: "done", failed: 0 });
  expect(await problems(page)).toEqual([
    { code: "remote-unavailable", message: expect.stringContaining("there is no network") },
  ]);
  expect(other.requests).toEqual([]);
});

import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveFolder } from "../scripts/server.mjs";
import { makeFolder } from "./folder.ts";

const root = makeFolder({
  "site/index.html": "<!doctype html>",
  "site/sw.js": "1",
  "site/a b.txt": "space",
  "site/assets/engine-a1B2_c3D.wasm": "wasm",
  "site/app.webmanifest": "{}",
  "secret.txt": "outside",
});
let server: Awaited<ReturnType<typeof serveFolder>>;
beforeAll(async () => {
  server = await serveFolder({ root: `${root}/site`, port: 0 });
});
afterAll(() => server.close());

/** Sends the path as it is; `fetch` would tidy it first. */
function statusOf(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.address);
    request({ hostname, port, path }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

describe("the server", () => {
  it.each([
    ["", "text/html; charset=utf-8"],
    ["sw.js", "text/javascript; charset=utf-8"],
    ["assets/engine-a1B2_c3D.wasm", "application/wasm"],
    ["app.webmanifest", "application/manifest+json"],
  ])("gives /%s its type and the security headers", async (path, type) => {
    const answer = await fetch(server.address + path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toContain("script-src 'self' 'wasm-unsafe-eval';");
  });

  it("lets browsers keep only what is named by its content", async () => {
    const kept = await fetch(`${server.address}assets/engine-a1B2_c3D.wasm`);
    const asked = await fetch(`${server.address}sw.js`);
    expect(kept.headers.get("cache-control")).toContain("immutable");
    expect(asked.headers.get("cache-control")).toBe("no-cache");
  });

  it("answers 304 to a browser that has the file", async () => {
    const first = await fetch(`${server.address}sw.js`);
    const headers = { "If-None-Match": first.headers.get("etag")! };
    expect((await fetch(`${server.address}sw.js`, { headers })).status).toBe(304);
  });

  it("decodes addresses", async () => {
    expect(await (await fetch(`${server.address}a%20b.txt?x#y`)).text()).toBe("space");
  });

  it.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/a/../../secret.txt",
    "/%00",
    "/%zz",
  ])("refuses %s", async (path) => {
    expect([400, 404]).toContain(await statusOf(path));
  });

  it("refuses methods that write", async () => {
    expect((await fetch(server.address, { method: "POST" })).status).toBe(405);
  });

  it("takes the next port when the first is taken", async () => {
    const taken = Number(new URL(server.address).port);
    const second = await serveFolder({ root: `${root}/site`, port: taken });
    expect(Number(new URL(second.address).port)).toBeGreaterThan(taken);
    await second.close();
  });
});

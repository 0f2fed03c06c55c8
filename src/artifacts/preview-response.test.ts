import { expect, it } from "vitest";
import { asContentHash, asProjectId, asSitePath } from "../model/ids.ts";
import { createMemoryStores } from "./memory-stores.ts";
import { previewResponse } from "./preview-response.ts";

const base = "https://strata.test/app/preview/";
const files = {
  "index.html": ["0000000000000001", "text/html", "<h1>start</h1>"],
  "a b/ü.html": ["0000000000000002", "text/html", "umlaut"],
  "sub/index.html": ["0000000000000003", "text/html", "sub"],
  "pic.svg": ["0000000000000004", "image/svg+xml", "<svg/>"],
} as const;

async function ask(address: string, headers: Record<string, string> = {}): Promise<Response> {
  const stores = createMemoryStores();
  const put = Object.entries(files).map(([path, [hash, type, text]]) => {
    return { path: asSitePath(path), hash: asContentHash(hash), type, size: text.length };
  });
  await stores.site.change(asProjectId("p1"), put, []);
  for (const [hash, type, text] of Object.values(files)) {
    await stores.artifacts.putMany([
      { hash: asContentHash(hash), type, bytes: new TextEncoder().encode(text) },
    ]);
  }
  return previewResponse(stores, new Request(base + address, { headers }), base);
}

it.each([
  ["p1/", 200, "<h1>start</h1>"],
  ["p1/index.html?x=1", 200, "<h1>start</h1>"],
  ["p1/a%20b/%C3%BC.html", 200, "umlaut"],
  ["p1/sub/", 200, "sub"],
  ["p1/sub", 302, ""],
  ["p1/none.html", 404, undefined],
  ["p2/index.html", 404, undefined],
  ["p1/..%2f..%2fp1/index.html", 404, undefined],
  ["p1/%E0%A4%A", 404, undefined],
  ["", 404, undefined],
])("serves %j as %i", async (address, status, text) => {
  const response = await ask(address);
  expect(response.status).toBe(status);
  if (text !== undefined) expect(await response.text()).toBe(text);
  if (status === 302) expect(response.headers.get("Location")).toBe(`${base}p1/sub/`);
});

it("lets nothing run, and loads from the same project alone", async () => {
  for (const address of ["p1/", "p1/pic.svg", "p1/none.html"]) {
    const { headers } = await ask(address);
    const policy = headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'none'");
    expect(policy).toContain(`img-src ${base}p1/ data:`);
    expect(policy).toMatch(/sandbox (?!.*allow-scripts)/u);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
  }
});

it("answers with the hash as ETag and spares the bytes that the browser has", async () => {
  const etag = (await ask("p1/pic.svg")).headers.get("ETag") ?? "";
  expect(etag).toBe('"0000000000000004"');
  const again = await ask("p1/pic.svg", { "If-None-Match": etag });
  expect([again.status, await again.text()]).toEqual([304, ""]);
});

it("shows an address that is not there as text, never as markup", async () => {
  const page = await (await ask("p1/%3Cimg%20src=x%3E")).text();
  expect(page).toContain("&#60;img src=x&#62;");
  expect(page).not.toContain("<img");
});

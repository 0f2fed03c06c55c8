import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { contentSecurityPolicy, taskWorkerPolicy } from "./content-security-policy.mjs";

/** @type {Record<string, string>} */
const types = {
  ".avif": "image/avif",
  ".css": "text/css; charset=utf-8",
  ".data": "application/octet-stream",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
  ".yaml": "text/yaml; charset=utf-8",
  ".zip": "application/zip",
};

const securityHeaders = {
  // Only a header can say who may frame the app.
  "Content-Security-Policy": `${contentSecurityPolicy}; frame-ancestors 'self'`,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/**
 * Serves a folder of static files on this machine alone.
 *
 * @param {{ root: string, port: number }} options a `port` that is taken gives the next free one; 0 gives any
 * @returns {Promise<{ address: string, close: () => Promise<void> }>} the address ends in `/`
 */
export async function serveFolder({ root, port }) {
  const server = createServer((request, response) => {
    void answer(root, request, response).catch((error) => fail(response, error));
  });
  const taken = await listen(server, port);
  return {
    address: `http://localhost:${taken}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {import("node:http").Server} server
 * @param {number} port
 * @returns {Promise<number>} the port that was free
 */
async function listen(server, port) {
  for (let candidate = port; candidate < 65_536; candidate += 1) {
    const taken = await tryPort(server, candidate);
    if (taken !== undefined) return taken;
  }
  throw new Error(`No port from ${port} on is free: stop a program that listens, or choose a lower one.`);
}

/**
 * @param {import("node:http").Server} server
 * @param {number} port
 * @returns {Promise<number | undefined>}
 */
function tryPort(server, port) {
  return new Promise((resolve, reject) => {
    /** @param {NodeJS.ErrnoException} error */
    const onError = (error) => (error.code === "EADDRINUSE" ? resolve(undefined) : reject(error));
    server.once("error", onError);
    server.listen(port, "localhost", () => {
      server.off("error", onError);
      const bound = server.address();
      resolve(typeof bound === "object" && bound !== null ? bound.port : port);
    });
  });
}

/**
 * @param {string} root
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
async function answer(root, request, response) {
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405);
  const path = filePath(root, request.url ?? "/");
  if (path === undefined) return refuse(response, 400);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !found.isFile()) return refuse(response, 404);
  const etag = `"${found.size.toString(16)}-${Math.trunc(found.mtimeMs).toString(16)}"`;
  const headers = { ...securityHeaders, ...policyHeaders(path), ...fileHeaders(path), ETag: etag };
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, headers).end();
    return undefined;
  }
  response.writeHead(200, { ...headers, "Content-Length": found.size });
  if (request.method === "HEAD") response.end();
  else await pipeline(createReadStream(path), response);
  return undefined;
}

/**
 * The file an address names, or `undefined` when it leads outside the root.
 *
 * @param {string} root
 * @param {string} url
 */
function filePath(root, url) {
  const name = decode(url.split(/[?#]/, 1)[0] ?? "/");
  if (name === undefined || name.includes("\0")) return undefined;
  const path = normalize(join(root, name.endsWith("/") ? `${name}index.html` : name));
  return path.startsWith(normalize(root) + sep) ? path : undefined;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** A worker has the policy of its own file. @param {string} path */
function policyHeaders(path) {
  if (!/[/\\]assets[/\\]task\.worker-[\w-]{8}\.js$/.test(path)) return {};
  return { "Content-Security-Policy": taskWorkerPolicy };
}

/** Files that Vite names by their content never change; the others are asked for again. @param {string} path */
function fileHeaders(path) {
  const hashed = /[/\\]assets[/\\][^/\\]+-[\w-]{8}\.\w+$/.test(path);
  return {
    "Content-Type": types[extname(path)] ?? "application/octet-stream",
    "Cache-Control": hashed ? "public, max-age=31536000, immutable" : "no-cache",
  };
}

/**
 * @param {import("node:http").ServerResponse} response
 * @param {number} status
 */
function refuse(response, status) {
  response.writeHead(status, { ...securityHeaders, "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${status}\n`);
}

/**
 * A connection that the browser closed in the middle of a file is no fault of the server.
 *
 * @param {import("node:http").ServerResponse} response
 * @param {unknown} error
 */
function fail(response, error) {
  if (response.destroyed) return;
  if (!response.headersSent) refuse(response, 500);
  else response.destroy();
  process.stderr.write(`${String(error)}\n`);
}

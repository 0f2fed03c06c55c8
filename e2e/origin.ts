import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { serveFolder } from "../scripts/server.mjs";

/** `STRATA_DIST` names another build to test than the one in `dist`. */
const dist = process.env["STRATA_DIST"] ?? resolve(import.meta.dirname, "../dist");

/** A server of the built app that a test may close to be truly offline. `address` ends in `/`. */
export type AppServer = { readonly address: string; close(): Promise<void> };

/** Serves the built app at an origin that no other test uses. */
export function startServer(): Promise<AppServer> {
  if (!existsSync(dist)) throw new Error("There is no dist folder: run `npm run build` first.");
  return serveFolder({ root: dist, port: 0 });
}

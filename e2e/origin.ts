import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { serveFolder } from "../scripts/server.mjs";

/** The built app. `STRATA_DIST` names another build to test than the one in `dist`. */
export const dist = process.env["STRATA_DIST"] ?? resolve(import.meta.dirname, "../dist");

/** A server of the built app. `address` ends in `/`. */
export type AppServer = {
  readonly address: string;
  /** From now on serves this folder instead, as a host does after a new version was put on it. */
  serve(folder: string): void;
  close(): Promise<void>;
};

/** Serves the built app at an origin that no other test run uses. */
export async function startServer(): Promise<AppServer> {
  if (!existsSync(dist)) throw new Error("There is no dist folder: run `npm run build` first.");
  const scratch = mkdtempSync(join(tmpdir(), "strata-origin-"));
  const root = join(scratch, "root");
  const serve = (folder: string) => {
    rmSync(root, { force: true });
    symlinkSync(folder, root, "junction");
  };
  serve(dist);
  const { address, close } = await serveFolder({ root, port: 0 });
  const end = () => close().finally(() => rmSync(scratch, { recursive: true }));
  return { address, serve, close: end };
}

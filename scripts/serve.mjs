// Serves the built app and prints its address. `PORT` names the first port to try.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { serveFolder } from "./server.mjs";

const root = resolve(import.meta.dirname, "../dist");
if (!existsSync(root)) {
  console.error("There is no dist folder to serve: run `npm start`, which builds first.");
  process.exit(1);
}
const { address, close } = await serveFolder({ root, port: Number(process.env["PORT"] ?? 4173) });
console.log(`Strata is at ${address}`);
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => void close().then(() => process.exit(0)));
}

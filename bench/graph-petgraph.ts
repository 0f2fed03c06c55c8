import { execFileSync } from "node:child_process";
import { cpSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Ends } from "./graph-shapes.ts";

/** Where Debian's `librust-petgraph-dev` puts its crates. */
const crates = "/usr/share/cargo/registry";

/** petgraph, built from Debian's crate, or why it cannot be. `times` gives milliseconds in the order of `tasks`. */
export type Petgraph =
  | { readonly ok: true; readonly times: (ends: Ends, rounds: number) => readonly number[] }
  | { readonly ok: false; readonly why: string };

/** Builds the Rust side in `scratch`, without a network. */
export function preparePetgraph(scratch: string): Petgraph {
  if (!existsSync(crates)) return { ok: false, why: "petgraph is not installed (librust-petgraph-dev)" };
  const source = join(scratch, "source");
  // cargo writes a lock file beside the manifest.
  cpSync(join(import.meta.dirname, "../../../bench/petgraph"), source, { recursive: true });
  const sourced = [`source.crates-io.replace-with="debian"`, `source.debian.directory="${crates}"`].flatMap(
    (setting) => ["--config", setting],
  );
  const flags = ["build", "--release", "--offline", "--quiet", "--target-dir", scratch, ...sourced];
  try {
    execFileSync("cargo", [...flags, "--manifest-path", join(source, "Cargo.toml")], { stdio: "pipe" });
  } catch (error) {
    return { ok: false, why: `petgraph could not be built: ${String(error).split("\n")[0]}` };
  }
  const program = join(scratch, "release/strata-bench-petgraph");
  return { ok: true, times: (ends, rounds) => run(program, join(scratch, "graph.bin"), ends, rounds) };
}

function run(program: string, file: string, ends: Ends, rounds: number): readonly number[] {
  const head = Uint32Array.of(ends.nodes, ends.sources.length);
  const parts = [head, ends.sources, ends.targets].map(
    (part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
  );
  writeFileSync(file, Buffer.concat(parts));
  return execFileSync(program, [String(rounds), file], { encoding: "utf8" })
    .trim()
    .split(" ")
    .map(Number);
}

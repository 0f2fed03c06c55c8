import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether `ninja` is on the PATH. */
export function ninjaVersion(): string | undefined {
  const { status, stdout } = spawnSync("ninja", ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * How long Ninja takes to find that none of `targets` targets has to be made, each of one file: milliseconds, the best
 * of three. They count as made by a generator, since making them once would take far longer than the measurement.
 */
export function noOpWithNinja(targets: number): number {
  const folder = mkdtempSync(join(tmpdir(), "strata-ninja-"));
  const lines = ["rule copy", "  command = cp $in $out", "  generator = 1"];
  for (const kind of ["in", "out"]) {
    for (let n = 0; n < targets; n++) {
      const place = join(folder, kind, String(n % 100));
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, `${n}`), "x");
      if (kind === "in") lines.push(`build out/${n % 100}/${n}: copy in/${n % 100}/${n}`);
    }
  }
  writeFileSync(join(folder, "build.ninja"), `${lines.join("\n")}\n`);
  const times = [1, 2, 3].map(() => {
    const started = performance.now();
    const { stdout } = spawnSync("ninja", ["-C", folder], { encoding: "utf8" });
    if (!stdout.includes("no work to do")) throw new Error(`Ninja has work to do: ${stdout.slice(0, 200)}`);
    return performance.now() - started;
  });
  rmSync(folder, { recursive: true, force: true });
  return Math.min(...times);
}

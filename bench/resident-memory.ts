import { readdirSync, readFileSync } from "node:fs";

/** The most memory that a browser had while it was watched. */
export type MemoryWatch = { stop(): number };

const everyMs = 200;

/**
 * Watches the resident memory of all browser processes that this process started, added up: pages that they share
 * count in each, so the sum is above what they really take. Linux alone; 0 elsewhere. `stop` gives bytes.
 */
export function watchMemory(): MemoryWatch {
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, residentNow())), everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}

type Process = { readonly id: number; readonly parent: number; readonly name: string };

function residentNow(): number {
  const all = readProcesses();
  const ours = new Set([process.pid]);
  for (let size = 0; size !== ours.size;) {
    size = ours.size;
    for (const { id, parent } of all) if (ours.has(parent)) ours.add(id);
  }
  return all
    .filter(({ id, name }) => ours.has(id) && /chrom/i.test(name))
    .reduce((sum, { id }) => sum + residentOf(id), 0);
}

function readProcesses(): readonly Process[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap(readProcess);
  } catch {
    return [];
  }
}

/** A process that has just ended is none. Source: proc(5), /proc/[pid]/stat. */
function readProcess(name: string): readonly Process[] {
  const [, id, title, parent] = /^(\d+) \((.*)\) \S (\d+)/s.exec(readOr(`/proc/${name}/stat`)) ?? [];
  return id === undefined ? [] : [{ id: Number(id), parent: Number(parent), name: title ?? "" }];
}

function residentOf(id: number): number {
  return 1024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(readOr(`/proc/${id}/status`))?.[1] ?? 0);
}

function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

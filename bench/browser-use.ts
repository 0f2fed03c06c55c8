import { readdirSync, readFileSync } from "node:fs";

/** What a browser took while it was watched. */
export type BrowserUse = {
  /** The most resident memory of all its processes added up: pages that they share count in each. */
  readonly peakBytes: number;
  /** On all cores together. */
  readonly cpuMs: number;
};

const everyMs = 200;
/** Clock ticks of Linux, as proc(5) counts them. */
const tickMs = 10;

/** Watches the browser processes that this process started. Linux alone; zeros elsewhere. */
export function watchBrowser(): { stop(): BrowserUse } {
  const before = new Map(browserProcesses().map(({ id, cpuMs }) => [id, cpuMs]));
  const latest = new Map<number, number>();
  let peakBytes = 0;
  const look = () => {
    const now = browserProcesses();
    peakBytes = Math.max(
      peakBytes,
      now.reduce((sum, { id }) => sum + residentOf(id), 0),
    );
    for (const { id, cpuMs } of now) latest.set(id, cpuMs - (before.get(id) ?? 0));
  };
  const timer = setInterval(look, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return { peakBytes, cpuMs: [...latest.values()].reduce((sum, ms) => sum + ms, 0) };
    },
  };
}

type Process = {
  readonly id: number;
  readonly parent: number;
  readonly name: string;
  readonly cpuMs: number;
};

/** Browsers among the processes that descend from this one. */
function browserProcesses(): readonly Process[] {
  const all = readProcesses();
  const ours = new Set([process.pid]);
  for (let size = 0; size !== ours.size;) {
    size = ours.size;
    for (const { id, parent } of all) if (ours.has(parent)) ours.add(id);
  }
  return all.filter(({ id, name }) => ours.has(id) && /chrom/i.test(name));
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

/** A process that has just ended is none. Source: proc(5), /proc/[pid]/stat, fields 1 to 4, 14 and 15. */
function readProcess(id: string): readonly Process[] {
  const [, name = "", rest] = /\((.*)\) (.*)/s.exec(readOr(`/proc/${id}/stat`)) ?? [];
  if (rest === undefined) return [];
  const fields = rest.split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  return [{ id: Number(id), parent: Number(fields[1]), name, cpuMs: ticks * tickMs }];
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

import type { Fault } from "../base/fault.ts";
import type { ProjectId, ResourceId } from "../model/ids.ts";

/** All fault texts of the engine: what happened, to what, what to do. */

/** `path` are the members of a cycle, each embedding the next. */
export function cycleFault(path: readonly string[]): Fault {
  const names = path.map(nameOf);
  const round = [...names, names[0]].join(" -> ");
  return {
    code: "embed-cycle",
    severity: "error",
    message:
      names.length === 1 ? `${names[0]} embeds itself: ${round}.` : `These embed each other: ${round}.`,
    remedy: "Remove one of the embeds, or turn it into a plain link.",
  };
}

/** A resource as a person would call it: `fragment:a.md#` is `a.md`. */
function nameOf(id: string): string {
  return id.slice(id.indexOf(":") + 1).replace(/#$/, "");
}

export function poisonFault(culprit: ResourceId, cause: Fault): Fault {
  return {
    code: "poisoned",
    severity: "error",
    message: `Not built, because ${nameOf(culprit)} could not be: ${cause.message}`,
    remedy: cause.remedy,
  };
}

export function unknownProject(projectId: ProjectId): Fault {
  return {
    code: "unknown-project",
    severity: "error",
    message: `The project ${projectId} is not open.`,
    remedy: "Open its folder again.",
  };
}

export function notYetIndexed(milliseconds: number): Fault {
  return {
    code: "not-yet-indexed",
    severity: "error",
    message: `After ${milliseconds / 1000} s the relationships do not show the last change of the folder.`,
    remedy: "Build again. If it happens again, reload the tab: nothing that was finished is lost.",
  };
}

export function unknownGraph(signature: string): Fault {
  return {
    code: "unknown-graph",
    severity: "error",
    message: `No graph with the signature ${signature} is kept.`,
    remedy: "Choose another one from the list.",
  };
}

export function unknownRun(): Fault {
  return {
    code: "unknown-run",
    severity: "error",
    message: "This run is no longer kept.",
    remedy: "Choose another one from the list.",
  };
}

export function noFolderRead(name: string): Fault {
  return {
    code: "no-folder-read",
    severity: "error",
    message: `The folder of ${name} has not been read since the tab was opened.`,
    remedy: "Open the folder again; what was built so far is kept.",
  };
}

export function planCancelled(name: string): Fault {
  return {
    code: "plan-cancelled",
    severity: "error",
    message: `The dry run of ${name} was cancelled before it was done.`,
    remedy: "Ask for it again.",
  };
}

export function engineFault(what: string, error: unknown): Fault {
  const reason = error instanceof Error ? error.message : String(error);
  if (saysNoRoom(error)) return databaseFull(what);
  return {
    code: "engine-failed",
    severity: "error",
    message: `${what} went wrong: ${reason}`,
    remedy: "Build again. If it happens again, reload the tab: nothing that was finished is lost.",
  };
}

/** Whether the browser gave no more room, by the error itself or by any that it was made from. */
function saysNoRoom(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    if (current.name === "QuotaExceededError" || fullDisk.test(current.message)) return true;
    // Dexie keeps what the browser threw as `inner`.
    current = "inner" in current ? current.inner : current.cause;
  }
  return false;
}

/**
 * What Postgres says when the browser gives its files no more room: a page that cannot be written, or the reason of
 * the system behind any failure. A message may also name a file of the project, so only whole phrases count.
 */
const fullDisk =
  /^could not (?:extend file "|write to (?:log )?file |write blocks? \d)|: (?:No space left on device|File too large)$/u;

function databaseFull(what: string): Fault {
  return {
    code: "storage-full",
    severity: "error",
    message: `${what} went wrong: the browser has no room left for what it knows of the project.`,
    remedy: "Free space on the disk, or forget projects that are no longer needed, and build again.",
  };
}

/** Faults that may be gone when the same task runs again. */
const passing: ReadonlySet<string> = new Set([
  "copy-lost",
  "file-changed",
  "file-forbidden",
  "file-unreadable",
  "file-vanished",
  "fragment-lost",
  "storage-failed",
  "storage-full",
  "task-crashed",
  "task-too-long",
  "worker-died",
]);

/** Whether trying again without any change could help. */
export function mayPass(fault: Fault): boolean {
  return passing.has(fault.code);
}

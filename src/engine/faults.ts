import type { Fault } from "../base/fault.ts";
import type { ProjectId, ResourceId } from "../model/ids.ts";

/** All fault texts of the engine: what happened, to what, what to do. */

export function cycleFault(path: readonly string[]): Fault {
  return {
    code: "embed-cycle",
    severity: "error",
    message: `These embed each other: ${[...path, path[0]].join(" -> ")}.`,
    remedy: "Remove one of the embeds, or turn it into a plain link.",
  };
}

export function poisonFault(culprit: ResourceId, cause: Fault): Fault {
  return {
    code: "poisoned",
    severity: "error",
    message: `Not built, because ${culprit} could not be: ${cause.message}`,
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

export function noFolderRead(name: string): Fault {
  return {
    code: "no-folder-read",
    severity: "error",
    message: `The folder of ${name} has not been read since the tab was opened.`,
    remedy: "Open the folder again; what was built so far is kept.",
  };
}

export function engineFault(what: string, error: unknown): Fault {
  return {
    code: "engine-failed",
    severity: "error",
    message: `${what} went wrong: ${error instanceof Error ? error.message : String(error)}`,
    remedy: "Build again. If it happens again, reload the tab: nothing that was finished is lost.",
  };
}

/** Faults that may be gone when the same task runs again. */
const passing: ReadonlySet<string> = new Set([
  "copy-lost",
  "file-changed",
  "file-forbidden",
  "file-unreadable",
  "file-vanished",
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

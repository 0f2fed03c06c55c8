import type { Fault } from "../base/fault.ts";

/**
 * Thrown by a store when the browser refuses to keep or give data. `fault` says so in words for a person; whoever
 * runs tasks catches it in its own thread and hands on the fault alone.
 */
export class StorageFault extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, cause: unknown) {
    super(fault.message, { cause });
    this.name = "StorageFault";
    this.fault = fault;
  }
}

/** The fault in an error that a browser store threw. `what` names what was being done, such as `store an output`. */
function storageFaultOf(what: string, error: unknown): StorageFault {
  if (namesOf(error).has("QuotaExceededError")) return new StorageFault(storageFull(what), error);
  return new StorageFault(storageFailed(what, error), error);
}

/** Dexie wraps the browser's error, once or twice, so every level's name counts. */
function namesOf(error: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    names.add(current.name);
    current = "inner" in current ? current.inner : current.cause;
  }
  return names;
}

function storageFull(what: string): Fault {
  return {
    code: "storage-full",
    severity: "error",
    message: `The browser has no room left to ${what}.`,
    remedy: "Free space on the disk, or remove projects that are no longer needed, and build again.",
  };
}

function storageFailed(what: string, error: unknown): Fault {
  return {
    code: "storage-failed",
    severity: "error",
    message: `The browser's storage failed to ${what} (${error instanceof Error ? error.message : String(error)}).`,
    remedy: "Build again. If it keeps failing, close the app's other tabs and restart the browser.",
  };
}

/** What `work` gives; its failure becomes a `StorageFault`. */
export async function orStorageFault<T>(what: string, work: PromiseLike<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw storageFaultOf(what, error);
  }
}

import type { Fault } from "../base/fault.ts";

/** The texts of everything that the session itself can tell a person. */

/** The code of a call that ended because its engine did. The session answers it by opening the project again. */
export const engineChangedCode = "engine-changed";

export const engineChanged: Fault = {
  code: engineChangedCode,
  severity: "info",
  message: "The engine was started anew while this was under way.",
  remedy: "Nothing is lost: the project is opened again and its build goes on.",
};

/** The engine's code for a command whose project it has not opened: after a new engine's start, for a moment. */
export const projectNotOpenCode = "unknown-project";

/** What a person clicked, where the engine that was to answer ended. */
export const noAnswer: Fault = {
  code: "no-answer",
  severity: "warning",
  message: "The engine was started anew before it could answer.",
  remedy: "Try again once the project is open; nothing that was built is lost.",
};

export function engineError(cause: unknown): Fault {
  return {
    code: "engine-error",
    severity: "error",
    message: `The engine could not carry out a command: ${textOf(cause)}.`,
    remedy: "Build again. If it happens again, reload the page; nothing that was built is lost.",
  };
}

export function engineNotStarted(cause: unknown): Fault {
  return {
    code: "engine-not-started",
    severity: "error",
    message: `The engine could not be started: ${textOf(cause)}.`,
    remedy:
      "Reload the page. Private windows and full disks can keep the browser from storing the project's graph.",
  };
}

/** A snapshot that cannot be read: what is shown may be out of date. */
export const viewsUnreadable: Fault = {
  code: "views-unreadable",
  severity: "error",
  message: "What the engine said of the project could not be read.",
  remedy: "Close other tabs of this app and reload the page; nothing that was built is lost.",
};

export const engineRestarted: Fault = {
  code: "engine-restarted",
  severity: "warning",
  message: "The engine stopped unexpectedly and was started again.",
  remedy: "Nothing is lost: the build goes on where it stopped.",
};

export function emptyFolder(name: string): Fault {
  return {
    code: "empty-folder",
    severity: "warning",
    message: `${name} holds no files that belong to a project.`,
    remedy: "Add a Markdown or HTML file, or look whether .gitignore or strata.yaml leaves everything out.",
  };
}

export function noDocuments(name: string): Fault {
  return {
    code: "no-documents",
    severity: "warning",
    message: `${name} holds no documents, so the site has no pages.`,
    remedy: "Add a Markdown (.md) or HTML (.html) file; images are still built.",
  };
}

export function recentGone(): Fault {
  return {
    code: "project-gone",
    severity: "error",
    message: "This browser no longer has that project.",
    remedy: "Open its folder or ZIP again.",
  };
}

export function copyGone(name: string): Fault {
  return {
    code: "copy-gone",
    severity: "error",
    message: `The browser has removed the copied files of ${name}.`,
    remedy: "Open its ZIP or folder again.",
  };
}

export function noProject(): Fault {
  return {
    code: "no-project",
    severity: "info",
    message: "There is no open project to export.",
    remedy: "Open a folder first.",
  };
}

export function unexpected(what: string, cause: unknown): Fault {
  return {
    code: "unexpected",
    severity: "error",
    message: `${what} failed: ${textOf(cause)}.`,
    remedy: "Try again. If it keeps failing, reload the page; nothing that was built is lost.",
  };
}

export function exportDone(files: number, where: string): Fault {
  return {
    code: "export-done",
    severity: "info",
    message: `${files} ${files === 1 ? "file was" : "files were"} written to ${where}.`,
    remedy: "Open index.html there to see the site.",
  };
}

export function projectExported(name: string, where: string, { operations, outputs }: TransferCounts): Fault {
  const files = outputs === 0 ? "" : ` and ${many(outputs, "finished file")}`;
  return {
    code: "project-exported",
    severity: "info",
    message: `${name} was written to ${where}: ${many(operations, "operation")} of its history${files}.`,
    remedy: "Drop the file on Strata in another browser to have the project there.",
  };
}

type TransferCounts = { readonly operations: number; readonly outputs: number };

/** `next` says what to do now. */
export function projectImported(name: string, appended: number, next: string): Fault {
  return {
    code: "project-imported",
    severity: "info",
    message:
      appended === 0
        ? `${name} had everything that the file holds of its history already.`
        : `${many(appended, "operation")} came into the history of ${name}.`,
    remedy: next,
  };
}

/** `name` is that of a project into which another tab imports just now. */
export function importUnderWay(name: string): Fault {
  return {
    code: "import-under-way",
    severity: "warning",
    message: `Another tab is importing into ${name} just now, so nothing was imported here.`,
    remedy: "Wait until that import has ended, then import again.",
  };
}

/** `refused` are the documents whose history could not be merged, each with why. */
export function historiesRefused(name: string, refused: ReadonlyMap<string, Fault>): Fault {
  const documents = [...refused.keys()];
  const more = documents.length > 10 ? ` and ${documents.length - 10} more` : "";
  const [why] = refused.values();
  return {
    code: "histories-refused",
    severity: "warning",
    message: `These documents of ${name} keep the history that they have here: ${documents.slice(0, 10).join(", ")}${more}. ${why?.message ?? ""}`,
    remedy: `Everything else was merged. ${why?.remedy ?? ""}`,
  };
}

function many(count: number, one: string): string {
  return `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;
}

function textOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message || cause.name : String(cause);
  return text.replace(/\.$/u, "");
}

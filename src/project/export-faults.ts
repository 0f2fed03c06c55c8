import { IntakeFault } from "./intake-fault.ts";
import { reasonOf } from "./intake-problems.ts";

/** The texts of everything that can keep an export from being written. Thrown inside the page, shown as notices. */

function error(code: string, message: string, remedy: string): IntakeFault {
  return new IntakeFault({ code, severity: "error", message, remedy });
}

export const exportIntoSource = (name: string) =>
  error(
    "export-into-source",
    `The folder ${name} is the project's own folder, lies in it, or holds it; nothing was written.`,
    "Choose a folder outside the project: Strata never writes among the sources.",
  );

export const exportOverForeign = (name: string, paths: readonly string[]) =>
  error(
    "export-over-foreign",
    `The folder ${name} already holds ${paths[0]}${paths.length > 1 ? ` and ${paths.length - 1} more` : ""}, which Strata did not write; nothing was written.`,
    "Choose an empty folder, or one that Strata exported to before.",
  );

export const exportRefused = (name: string) =>
  error(
    "export-refused",
    `The browser was not allowed to write into the folder ${name}.`,
    "Export again and allow writing, or export as a ZIP.",
  );

export const exportFailed = (name: string, cause: unknown) =>
  error(
    "export-failed",
    `Writing to ${name} failed: ${reasonOf(cause)}. What was written before is whole.`,
    "Free space or choose another place, and export again.",
  );

export const nothingToExport = () =>
  error("nothing-to-export", "The site has no files yet.", "Build the project first.");

export const outputMissing = (path: string) =>
  error(
    "output-missing",
    `The output ${path} is no longer in the browser's storage; the export is not complete.`,
    "Build again, then export again.",
  );

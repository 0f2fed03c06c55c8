import { IntakeFault } from "../intake-fault.ts";
import { reasonOf } from "../intake-problems.ts";
import { formatVersion } from "./format.ts";

/** The texts of everything that can be wrong with a project file. Nothing of such a file is taken in. */

function refused(code: string, message: string, remedy: string): IntakeFault {
  return new IntakeFault({
    code,
    severity: "error",
    message: `${message} Nothing of it was taken in.`,
    remedy,
  });
}

const exportAgain = "Export the project again where it comes from, and copy the whole file.";

export const notAProjectFile = (name: string, cause: unknown) =>
  refused(
    "not-a-project-file",
    `${name} could not be read as a project file: ${reasonOf(cause)}.`,
    "Choose a file that Strata exported, whose name ends in .strata.zip. If it is one, copy it here once more: it may have been cut off.",
  );

export const newerProjectFile = (name: string, version: number) =>
  refused(
    "newer-project-file",
    `${name} has version ${version} of the format, and this Strata reads up to version ${formatVersion}.`,
    "Reload the page for the latest version of Strata, then import it again.",
  );

/** `where` is a part of the file, with a line where there is one; `what` says what is wrong there. */
export const damagedProjectFile = (name: string, where: string, what: string) =>
  refused("damaged-project-file", `${name} is damaged: ${where}: ${what}.`, exportAgain);

/** `limit` in words, such as `5000000 operations`. */
export const projectFileTooLarge = (name: string, limit: string) =>
  refused(
    "project-file-too-large",
    `${name} holds more than ${limit}.`,
    "Export the project again, without its finished files.",
  );

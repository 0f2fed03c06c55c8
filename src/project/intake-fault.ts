import type { Fault } from "../base/fault.ts";
import { reasonOf } from "./intake-problems.ts";

/** Thrown inside the page when a project cannot be taken in at all; the session shows `fault` as a notice. */
export class IntakeFault extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.name = "IntakeFault";
    this.fault = fault;
  }
}

function error(code: string, message: string, remedy: string): IntakeFault {
  return new IntakeFault({ code, severity: "error", message, remedy });
}

export const nothingDropped = () =>
  error(
    "nothing-dropped",
    "What was dropped holds no folder and no file.",
    "Drop a folder of documents, or a ZIP of one.",
  );

export const notAZip = (name: string, cause: unknown) =>
  error(
    "not-a-zip",
    `${name} could not be opened as a ZIP: ${reasonOf(cause)}.`,
    "Check that the file is whole, or unpack it and drop the folder.",
  );

export const encryptedZip = (name: string) =>
  error("encrypted-zip", `${name} is protected by a password.`, "Unpack it yourself and drop the folder.");

/** `limit` in words, such as `2 GB unpacked`. */
export const zipTooLarge = (name: string, limit: string) =>
  error(
    "zip-too-large",
    `${name} holds more than ${limit}; nothing of it was taken.`,
    "Unpack it yourself and drop the folder.",
  );

export const folderGone = (name: string, cause: unknown) =>
  error(
    "folder-gone",
    `The folder ${name} could not be read: ${reasonOf(cause)}.`,
    "If it was moved, renamed or is on a disk that is not connected, open it again from its new place.",
  );

export const permissionRefused = (name: string) =>
  error(
    "permission-refused",
    `The browser was not allowed to read the folder ${name}.`,
    "Open it again and allow reading; Strata never writes into it.",
  );

export const sampleMissing = (cause: unknown) =>
  error(
    "sample-missing",
    `The sample project could not be loaded: ${reasonOf(cause)}.`,
    "Go online and reload the page, then try again.",
  );

import type { Fault } from "../base/fault.ts";

const error = (code: string, message: string, remedy: string): Fault => ({
  code,
  severity: "error",
  message,
  remedy,
});

export function unknownTable(table: string, known: readonly string[]): Fault {
  const remedy = `Name one of its tables: ${known.join(", ")}.`;
  return error("unknown-table", `The circuit has no table “${table}”.`, remedy);
}

export function withoutKey(table: string): Fault {
  return error(
    "row-without-key",
    `A row for the table “${table}” has no key.`,
    "Give each row a text as its key.",
  );
}

export function wrongVersion(table: string, key: string, version: unknown): Fault {
  const message = `The version ${shown(version)} of ${place(table, key)} is not a finite number.`;
  return error("wrong-version", message, "Give a number that ascends with each state of the row, or none.");
}

export function unknownColumn(table: string, key: string, column: string): Fault {
  const message = `${capital(place(table, key))} has a column “${column}”, which its table does not have.`;
  return error("unknown-column", message, "Leave it out, or add it to the schema of the table.");
}

export function missingColumn(table: string, key: string, column: string): Fault {
  const message = `${capital(place(table, key))} lacks the column “${column}”.`;
  return error("missing-column", message, "Give every column of the table; null where it may hold nothing.");
}

export function wrongType(
  { table, key, column }: { readonly table: string; readonly key: string; readonly column: string },
  wanted: string,
  value: unknown,
): Fault {
  const message = `The column “${column}” of ${place(table, key)} holds ${shown(value)}.`;
  return error("wrong-type", message, `Give ${wanted}.`);
}

export function unknownView(name: string): Fault {
  return error("unknown-view", `The circuit has no view “${name}”.`, "Register it first.");
}

export function wrongPlan(reason: string, remedy: string): Fault {
  return error("wrong-plan", `The plan of a view cannot be carried out: ${reason}.`, remedy);
}

export function viewNameTaken(name: string): Fault {
  const message = `Another view than the one asked for has the name “${name}”.`;
  return error("view-name-taken", message, "Ask for it under another name, or end the other one.");
}

export function listenerFailed(name: string, thrown: unknown): Fault {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const message = `Who listens to the view “${name}” failed: ${reason}.`;
  return error(
    "listener-failed",
    message,
    "It is given the whole view at the next flush that changes it; mend the listener.",
  );
}

export function otherSchema(table: string): Fault {
  const message = `The saved circuit's table “${table}” is not one of this circuit's.`;
  return error("other-schema", message, "Restore into a circuit with the same tables.");
}

export function wrongOffset(source: string, offset: unknown): Fault {
  const message = `An event of “${source}” has ${shown(offset)} as its place.`;
  return error("wrong-offset", message, "Number the events of a source 0, 1, 2 and so on.");
}

export function tooFarAhead(source: string, offset: number, next: number): Fault {
  const message = `Event ${offset} of “${source}” was put back: too many events wait for event ${next}.`;
  return error("event-too-early", message, `Deliver event ${next} and those behind it again.`);
}

export function offsetNotCommitted(source: string, offset: number, thrown: unknown): Fault {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const message = `That “${source}” was taken up to event ${offset} could not be noted: ${reason}.`;
  return error("offset-not-committed", message, "Its next event notes it; until then events may come again.");
}

const place = (table: string, key: string) => `the row “${key}” of the table “${table}”`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A value for a person to read: short, whatever it is. */
function shown(value: unknown): string {
  if (typeof value === "string") return `the text “${cut(value)}”`;
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  if (typeof value === "symbol" || typeof value === "function") return `a ${typeof value}`;
  return String(value);
}

const cut = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

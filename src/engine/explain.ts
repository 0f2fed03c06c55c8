import type { KeyPart, OutputRecord } from "../model/output.ts";
import type { Target } from "./target.ts";

/** What differs between the parts of the last success and those of now: the labels, in the order of the new list. */
export function changedLabels(before: readonly KeyPart[], after: readonly KeyPart[]): readonly string[] {
  const old = new Map(before.map(({ label, value }) => [label, value]));
  const current = new Set(after.map(({ label }) => label));
  const changed = after.filter(({ label, value }) => old.get(label) !== value).map(({ label }) => label);
  const gone = before.filter(({ label }) => !current.has(label)).map(({ label }) => label);
  return [...changed, ...gone];
}

/** Why a target has to be built, in one line. */
export function causeOf(target: Target, record: OutputRecord | undefined, parts: readonly KeyPart[]): string {
  if (record === undefined || record.taskKey === null) return "built for the first time";
  const labels = changedLabels(record.parts, parts);
  if (labels.length === 0) return causeWithoutChange(record);
  const [first, ...rest] = labels.map((label) => sayLabel(target, label));
  return rest.length === 0 ? `${first}` : `${first}, and ${rest.length} more`;
}

function causeWithoutChange({ artifact, status }: OutputRecord): string {
  if (artifact === null) return "its output is missing";
  return status === "DONE" ? "asked for" : "its last run did not succeed";
}

/** A label in words: `content` of a page becomes `notes/a.md changed`. */
function sayLabel(target: Target, label: string): string {
  const path = "path" in target ? target.path : "";
  if (label === "content") return `${path} changed`;
  if (label.startsWith("output of ")) return `${label.slice("output of ".length)} changed`;
  if (label === "rule") return "Strata makes it differently now";
  return `${label} changed`;
}

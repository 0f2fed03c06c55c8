import type { KeyPart, OutputRecord } from "../model/output.ts";
import { differingFiles, type Since } from "./differing-files.ts";
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
export function causeOf(
  target: Target,
  record: OutputRecord | undefined,
  { parts, since }: { readonly parts: readonly KeyPart[]; readonly since: Since | undefined },
): string {
  if (record === undefined || record.taskKey === null) return "built for the first time";
  const labels = changedLabels(record.parts, parts);
  return labels.length === 0 ? causeWithoutChange(record) : sayLabels(target, labels, since);
}

/** The first thing that differs in words, and how many more there are. */
export function sayLabels(target: Target, labels: readonly string[], since: Since | undefined): string {
  const [first = "", ...rest] = labels;
  const said = sayLabel(target, first, since);
  return rest.length === 0 ? said : `${said}, and ${rest.length} more`;
}

function causeWithoutChange({ artifact, status }: OutputRecord): string {
  if (artifact === null) return "its output is missing";
  return status === "DONE" ? "asked for" : "its last run did not succeed";
}

/** A label in words: `content` of a page becomes `notes/a.md changed`, and its navigation tells of which files. */
function sayLabel(target: Target, label: string, since: Since | undefined): string {
  const path = "path" in target ? target.path : "";
  if (label === "content") return `${path} changed`;
  if (label === "layout") return `${changedLayout(target, since)} changed`;
  if (label.startsWith("output of ")) return `${label.slice("output of ".length)} changed`;
  if (label === "rule") return "Strata makes it differently now";
  return `${label} changed${nameSome(since === undefined ? [] : differingFiles(label, target.id, since))}`;
}

/** The template, or the setting that names another one. */
function changedLayout(target: Target, since: Since | undefined): string {
  const layoutOf = (one: Target | undefined) => (one !== undefined && "layout" in one ? one.layout : null);
  const layout = layoutOf(target);
  if (layout === null) return "setting layout";
  const before = since?.before.get(target.id);
  return before === undefined || layoutOf(before) === layout ? layout : "setting layout";
}

/** Files named in a line; those beyond are counted. */
const named = 2;

function nameSome(files: readonly string[]): string {
  if (files.length === 0) return "";
  const more = files.length > named ? ` and ${files.length - named} more` : "";
  return `: ${files.slice(0, named).join(", ")}${more}`;
}

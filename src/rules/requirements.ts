import { compareNames } from "../base/byte-order.ts";
import type { Requirements } from "./rule-definition.ts";

/**
 * The same requirements with fields and keys in the order of names, each field once; `null` when they ask for
 * nothing. What JSON writes of the result is the same for requirements that mean the same, and for no others.
 */
export function canonicalRequirements(requirements: Requirements | undefined): Requirements | null {
  const fields = [...new Set(requirements?.fields)].sort(compareNames);
  const types = sortedEntries(requirements?.types);
  const metadata = sortedEntries(requirements?.metadata);
  if (fields.length === 0 && types.length === 0 && metadata.length === 0) return null;
  return { fields, types: Object.fromEntries(types), metadata: Object.fromEntries(metadata) };
}

/** The same in one line of text, with keys that look like integers in their place too. "" for nothing. */
export function requirementsText(requirements: Requirements | undefined): string {
  const canonical = canonicalRequirements(requirements);
  if (canonical === null) return "";
  const { fields, types, metadata } = canonical;
  return JSON.stringify([fields, sortedEntries(types), sortedEntries(metadata)]);
}

function sortedEntries(
  record: { readonly [key: string]: string } | undefined,
): (readonly [string, string])[] {
  return Object.entries(record ?? {}).sort(([a], [b]) => compareNames(a, b));
}

import { compareNames } from "../base/byte-order.ts";
import { hostOf } from "../documents/remote-address.ts";
import type { Problem } from "../model/problem.ts";
import type { RemoteTrouble } from "./remote-attempts.ts";
import { remoteFault, troubleScope } from "./remote-faults.ts";
import type { Want } from "./remote-wants.ts";

/** A want that was not fulfilled, and what happens instead. */
export type Trouble = {
  readonly want: Want;
  readonly trouble: RemoteTrouble;
  readonly instead: "stale" | "linked";
};

/**
 * One problem for all troubles of one reason: of the project, of a host, or of an address, whichever it concerns.
 * Thousands of pictures of a host that does not answer are one problem, told where the first of them is shown.
 */
export function remoteProblems(troubles: readonly Trouble[]): readonly Problem[] {
  const groups = new Map<string, Trouble[]>();
  for (const trouble of troubles) {
    const key = groupKey(trouble);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [trouble]);
    else group.push(trouble);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group.toSorted(comparePlaces);
    if (first === undefined) return [];
    const { want, trouble, instead } = first;
    const { kind, url, from: path, line } = want;
    return [{ ...remoteFault({ kind, url, count: group.length, trouble, instead }), path, line }];
  });
}

function groupKey({ want, trouble, instead }: Trouble): string {
  const scope = troubleScope(trouble);
  const whose = scope === "project" ? "" : scope === "host" ? hostOf(want.url) : want.key;
  const status = "status" in trouble ? trouble.status : "";
  return JSON.stringify([trouble.reason, status, want.kind, instead, whose]);
}

function comparePlaces({ want: a }: Trouble, { want: b }: Trouble): number {
  return compareNames(a.from, b.from) || (a.line ?? 0) - (b.line ?? 0) || compareNames(a.url, b.url);
}

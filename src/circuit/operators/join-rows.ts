import { unreachable } from "../../base/invariant.ts";
import type { Join } from "../plan.ts";
import { readColumn } from "../column.ts";
import { copyRow } from "../copy-row.ts";
import type { Row } from "../row.ts";

/** The rows that a join makes; `undefined` for what its kind has no row for. */
export type JoinRows = {
  readonly pair: ((key: string, left: Row, right: Row) => Row) | undefined;
  /** Whether a pair has all that the left row has, so that the pairs of two left rows differ when these do. */
  readonly showsAll: (left: Row) => boolean;
  /** Of a left row without a partner. */
  readonly alone: (left: Row) => Row | undefined;
  /** Of a left row that has partners, once however many there are. */
  readonly met: (left: Row) => Row | undefined;
};

export function compileJoinRows({ kind, take }: Join): JoinRows {
  const taken = Object.keys(take);
  const showsAll = (left: Row) => !taken.some((name) => Object.hasOwn(left, name));
  switch (kind) {
    case "inner":
      return { pair: compilePair(take), showsAll, alone: noRow, met: noRow };
    case "left":
      return { pair: compilePair(take), showsAll, alone: compileAlone(take), met: noRow };
    case "semi":
      return { pair: undefined, showsAll, alone: noRow, met: (left) => left };
    default:
      return unreachable(kind);
  }
}

/** The JSON array of two keys. */
export function pairKey(left: string, right: string): string {
  return `[${JSON.stringify(left)},${JSON.stringify(right)}]`;
}

function noRow(): undefined {
  return undefined;
}

function compilePair(take: Join["take"]): JoinRows["pair"] {
  const names = Object.keys(take);
  const readers = Object.values(take).map(readColumn);
  return (key, left, right) => {
    const row = copyRow(key, left);
    for (let at = 0; at < names.length; at++) {
      const name = names[at];
      if (name !== undefined) row[name] = readers[at]?.(right) ?? null;
    }
    return row;
  };
}

function compileAlone(take: Join["take"]): JoinRows["alone"] {
  const nulls = Object.fromEntries(Object.keys(take).map((name) => [name, null]));
  return (left) => Object.assign(copyRow(`[${JSON.stringify(left.key)}]`, left), nulls);
}

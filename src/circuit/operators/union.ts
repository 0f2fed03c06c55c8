import type { Operator, Rows } from "../operator.ts";
import type { Change, Row } from "../row.ts";

/** The rows of all inputs, each under the key [place of its input, its own key]. Holds nothing. */
export function union(): Operator {
  return {
    load: () => {},
    apply: (inputs) => {
      const all: Change[] = [];
      for (const [place, changes] of inputs.entries()) {
        for (const change of changes) all.push(placeChange(place, change));
      }
      return all;
    },
    rows: placeRows,
    held: () => 0,
    loaded: () => 0,
  };
}

function placeChange(place: number, { key, before, after }: Change): Change {
  const placed = placeKey(place, key);
  return {
    key: placed,
    before: before === undefined ? undefined : { ...before, key: placed },
    after: after === undefined ? undefined : { ...after, key: placed },
  };
}

function* placeRows(inputs: readonly Rows[]): Iterable<Row> {
  for (const [place, rows] of inputs.entries()) {
    for (const row of rows) yield { ...row, key: placeKey(place, row.key) };
  }
}

function placeKey(place: number, key: string): string {
  return `[${place},${JSON.stringify(key)}]`;
}

import { asResourceId } from "../../model/ids.ts";
import { filePathOf } from "../../model/resource.ts";
import type { NodeRow } from "../../model/view-rows.ts";
import { kindWords } from "../status/kind-words.ts";
import { bestMatches } from "./fuzzy-match.ts";
import type { PickerOption } from "./option-picker.tsx";

const mostShown = 40;

/** Files of the folder, which what is made from them is not, as options that fit a text, best first. */
export function fileOptions(
  text: string,
  rows: Iterable<NodeRow>,
  isOffered: (row: NodeRow) => boolean,
): readonly PickerOption[] {
  const offered = function* (): Iterable<NodeRow> {
    for (const row of rows) {
      if (filePathOf(asResourceId(row.key)) !== undefined && isOffered(row)) yield row;
    }
  };
  return bestMatches(offered(), text, (row) => row.label, mostShown).map((row) => ({
    key: row.key,
    words: row.label,
    icon: "file",
    note: kindWords[row.kind],
  }));
}

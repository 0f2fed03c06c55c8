import type { ReactNode } from "react";
import { Dialog } from "../dialog/dialog.tsx";
import { isActive, useLatestRun } from "../runs/latest-run.ts";
import { useHasFailures } from "../runs/use-failures.ts";
import { useSession, useViews } from "../session-context.ts";
import { kindWords } from "../status/kind-words.ts";
import { useWorkbench, type WorkbenchAction } from "../workbench.ts";
import { paletteCommands, type PaletteEntry } from "./commands.ts";
import { bestMatches } from "./fuzzy-match.ts";
import { OptionPicker, type PickerOption } from "./option-picker.tsx";

type PaletteOption = PaletteEntry & PickerOption;

const mostFiles = 40;

/** Commands and files by name: type, arrow keys, Enter. */
export function CommandPalette(): ReactNode {
  const { act } = useWorkbench();
  const find = useFinding();
  const close = () => act({ type: "overlay", overlay: null });
  return (
    <Dialog label="Commands and files" className="palette" onClose={close}>
      <OptionPicker
        label="Command or file"
        placeholder="Type a command or a file name"
        none="No command and no file has these letters."
        find={find}
        onTake={(option) => {
          close();
          option.run();
        }}
      />
    </Dialog>
  );
}

function useFinding(): (text: string) => readonly PaletteOption[] {
  const session = useSession();
  const nodes = useViews().node;
  const running = isActive(useLatestRun());
  const canRetry = useHasFailures();
  const { state, act } = useWorkbench();
  return (text) => {
    const selected = state.selected === null ? undefined : nodes.get(state.selected);
    const commands = bestMatches(
      paletteCommands({ session, running, canRetry, selected, act }),
      text,
      (entry) => entry.words,
      20,
    );
    const rows = text.trim() === "" ? [] : bestMatches(nodes.rows(), text, (row) => row.label, mostFiles);
    const files = rows.map((row): PaletteOption => ({
      key: row.key,
      words: row.label,
      icon: "file",
      note: kindWords[row.kind],
      run: () => showFile(row.key, act),
    }));
    return [...commands.map((command) => ({ ...command, note: "" })), ...files];
  };
}

function showFile(key: string, act: (action: WorkbenchAction) => void): void {
  act({ type: "go", tab: "files" });
  act({ type: "select", key });
}

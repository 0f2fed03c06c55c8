import { useDeferredValue, useEffect, useRef, useState, type ReactNode } from "react";
import { Dialog } from "../dialog/dialog.tsx";
import { PathText } from "../files/file-row.tsx";
import { Icon } from "../icons/icon.tsx";
import { isActive, useLatestRun } from "../runs/latest-run.ts";
import { useSession, useViews } from "../session-context.ts";
import { kindWords } from "../status/kind-words.ts";
import { useWorkbench, type WorkbenchAction } from "../workbench.ts";
import { paletteCommands, type PaletteEntry } from "./commands.ts";
import { bestMatches } from "./fuzzy-match.ts";
import { useActiveOption } from "./use-active-option.ts";
import "./command-palette.css";

type PaletteOption = PaletteEntry & { readonly note: string };

const mostFiles = 40;

/** Commands and files by name: type, arrow keys, Enter. */
export function CommandPalette(): ReactNode {
  const { act } = useWorkbench();
  const [text, setText] = useState("");
  const options = useOptions(useDeferredValue(text));
  const close = () => act({ type: "overlay", overlay: null });
  const take = (index: number) => {
    close();
    options[index]?.run();
  };
  const active = useActiveOption(options.length, take);
  return (
    <Dialog label="Commands and files" className="palette" onClose={close}>
      <input
        className="palette-input"
        type="text"
        role="combobox"
        aria-label="Command or file"
        aria-expanded="true"
        aria-controls="palette-options"
        aria-autocomplete="list"
        aria-activedescendant={options.length > 0 ? optionId(active.index) : undefined}
        placeholder="Type a command or a file name"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          active.reset();
        }}
        onKeyDown={active.onKeyDown}
      />
      <OptionList options={options} active={active.index} onTake={take} />
    </Dialog>
  );
}

const optionId = (index: number): string => `palette-option-${index}`;

function useOptions(text: string): readonly PaletteOption[] {
  const session = useSession();
  const nodes = useViews().node;
  const running = isActive(useLatestRun());
  const { act } = useWorkbench();
  const commands = bestMatches(paletteCommands({ session, running, act }), text, (entry) => entry.words, 20);
  const rows =
    text.trim() === "" ? [] : bestMatches(nodes.rows().values(), text, (row) => row.label, mostFiles);
  const files = rows.map((row): PaletteOption => ({
    key: row.key,
    words: row.label,
    icon: "file",
    note: kindWords[row.kind],
    run: () => showFile(row.key, act),
  }));
  return [...commands.map((command) => ({ ...command, note: "" })), ...files];
}

function showFile(key: string, act: (action: WorkbenchAction) => void): void {
  act({ type: "go", tab: "files" });
  act({ type: "select", key });
}

type OptionListProps = {
  readonly options: readonly PaletteOption[];
  readonly active: number;
  readonly onTake: (index: number) => void;
};

function OptionList({ options, active, onTake }: OptionListProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`#${optionId(active)}`)?.scrollIntoView({ block: "nearest" });
  }, [active]);
  if (options.length === 0) return <p className="palette-none">No command and no file has these letters.</p>;
  return (
    <div ref={list} id="palette-options" className="palette-options" role="listbox" aria-label="Matches">
      {options.map((option, index) => (
        // The text box keeps the focus and takes the keys; the click is the pointer's way to the same thing.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
        <div
          key={option.key}
          id={optionId(index)}
          role="option"
          className="palette-option"
          aria-selected={index === active}
          onClick={() => onTake(index)}
        >
          <Icon name={option.icon} />
          {option.note === "" ? (
            <span className="path-name">{option.words}</span>
          ) : (
            <PathText path={option.words} />
          )}
          <span className="palette-note">{option.note}</span>
        </div>
      ))}
    </div>
  );
}

import { useDeferredValue, useEffect, useRef, useState, type ReactNode } from "react";
import { PathText } from "../files/file-row.tsx";
import { Icon, type IconName } from "../icons/icon.tsx";
import { useActiveOption } from "./use-active-option.ts";
import "./command-palette.css";

/** Something to choose. With a note, `words` is the path of a file; without one, a command. */
export type PickerOption = {
  readonly key: string;
  readonly words: string;
  readonly icon: IconName;
  readonly note: string;
};

type OptionPickerProps<Option> = {
  /** What a screen reader calls the text box. */
  readonly label: string;
  readonly placeholder: string;
  /** What to say when nothing fits. */
  readonly none: string;
  /** The options that fit a text, best first. */
  readonly find: (text: string) => readonly Option[];
  readonly onTake: (option: Option) => void;
};

/** A text box above the options that fit it: type, arrow keys, Enter. */
export function OptionPicker<Option extends PickerOption>(props: OptionPickerProps<Option>): ReactNode {
  const { label, placeholder, none, find, onTake } = props;
  const [text, setText] = useState("");
  const shownText = useDeferredValue(text);
  const options = find(shownText);
  const take = (option: Option | undefined) => {
    if (option !== undefined) onTake(option);
  };
  // Enter means what was typed, also where the list has not come up with it.
  const current = () => (shownText === text ? options : find(text));
  const active = useActiveOption(options.length, (index) => take(current()[index]));
  return (
    <>
      <input
        ref={takeFocus}
        className="palette-input"
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls="palette-options"
        aria-autocomplete="list"
        aria-activedescendant={options.length > 0 ? optionId(active.index) : undefined}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          active.reset();
        }}
        onKeyDown={active.onKeyDown}
      />
      <OptionList
        options={options}
        active={active.index}
        none={none}
        onTake={(index) => take(options[index])}
      />
    </>
  );
}

/** The attribute is for a dialog that opens around it, which would give the focus to what comes first. */
function takeFocus(input: HTMLInputElement | null): void {
  input?.setAttribute("autofocus", "");
  input?.focus();
}

const optionId = (index: number): string => `palette-option-${index}`;

type OptionListProps = {
  readonly options: readonly PickerOption[];
  readonly active: number;
  readonly none: string;
  readonly onTake: (index: number) => void;
};

function OptionList({ options, active, none, onTake }: OptionListProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`#${optionId(active)}`)?.scrollIntoView({ block: "nearest" });
  }, [active]);
  if (options.length === 0) return <p className="palette-none">{none}</p>;
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

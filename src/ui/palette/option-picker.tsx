import { useEffect, useRef, type ReactNode } from "react";
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

type OptionPickerProps = {
  /** What a screen reader calls the text box. */
  readonly label: string;
  readonly placeholder: string;
  /** What to say when nothing fits. */
  readonly none: string;
  readonly text: string;
  readonly options: readonly PickerOption[];
  readonly onText: (text: string) => void;
  readonly onTake: (index: number) => void;
};

/** A text box above the options that fit it: type, arrow keys, Enter. */
export function OptionPicker(props: OptionPickerProps): ReactNode {
  const { label, placeholder, none, text, options, onText, onTake } = props;
  const active = useActiveOption(options.length, onTake);
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
          onText(event.target.value);
          active.reset();
        }}
        onKeyDown={active.onKeyDown}
      />
      <OptionList options={options} active={active.index} none={none} onTake={onTake} />
    </>
  );
}

/** The attribute is for a dialog that opens around it, which would give the focus to what comes first. */
function takeFocus(input: HTMLInputElement | null): void {
  input?.setAttribute("autofocus", "");
  input?.focus();
}

const optionId = (index: number): string => `palette-option-${index}`;

type OptionListProps = Pick<OptionPickerProps, "options" | "none" | "onTake"> & { readonly active: number };

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

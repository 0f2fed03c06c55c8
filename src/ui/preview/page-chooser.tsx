import { useState, type ReactNode } from "react";
import { bestMatches } from "../palette/fuzzy-match.ts";
import { useActiveOption } from "../palette/use-active-option.ts";

type PageChooserProps = {
  readonly path: string;
  /** Site paths. */
  readonly pages: readonly string[];
  readonly onChoose: (path: string) => void;
};

const mostShown = 30;

/** The address of the page in sight. Typing searches the pages of the site. */
export function PageChooser({ path, pages, onChoose }: PageChooserProps): ReactNode {
  const [text, setText] = useState<string | null>(null);
  const open = text !== null;
  const found = open ? pagesFor(text, path, pages) : [];
  const choose = (index: number) => {
    const page = found[index];
    setText(null);
    if (page !== undefined) onChoose(page);
  };
  const active = useActiveOption(found.length, choose);
  return (
    <div className="page-chooser">
      <input
        className="field"
        type="text"
        role="combobox"
        aria-label="Page of the site"
        aria-expanded={open}
        aria-controls="page-options"
        aria-autocomplete="list"
        aria-activedescendant={open && found.length > 0 ? `page-option-${active.index}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={text ?? path}
        onFocus={(event) => event.target.select()}
        onBlur={() => setText(null)}
        onClick={() => setText(text ?? path)}
        onChange={(event) => {
          setText(event.target.value);
          active.reset();
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") setText(null);
          else if (!open && event.key === "ArrowDown") setText(path);
          else active.onKeyDown(event);
        }}
      />
      <div className="page-options" hidden={!open}>
        <PageOptions pages={found} active={active.index} onChoose={choose} />
      </div>
    </div>
  );
}

/** Before anything was typed the page in sight comes first, so that Enter stays on it. */
function pagesFor(text: string, path: string, pages: readonly string[]): readonly string[] {
  if (text === path) return [path, ...pages.filter((page) => page !== path).slice(0, mostShown - 1)];
  return bestMatches(pages, text, (page) => page, mostShown);
}

type PageOptionsProps = {
  readonly pages: readonly string[];
  readonly active: number;
  readonly onChoose: (index: number) => void;
};

function PageOptions({ pages, active, onChoose }: PageOptionsProps): ReactNode {
  if (pages.length === 0) return <p id="page-options">No page has these letters.</p>;
  return (
    <div id="page-options" role="listbox" aria-label="Pages">
      {pages.map((page, index) => (
        // The text box keeps the focus and takes the keys; the press is the pointer's way to the same thing.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
        <div
          key={page}
          id={`page-option-${index}`}
          role="option"
          aria-selected={index === active}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(index)}
        >
          {page}
        </div>
      ))}
    </div>
  );
}

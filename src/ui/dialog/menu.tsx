import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { IconButton } from "../icons/icon-button.tsx";
import { Icon, type IconName } from "../icons/icon.tsx";
import "./menu.css";

export type MenuItem = {
  readonly label: string;
  readonly icon: IconName;
  readonly disabled?: boolean;
  readonly run: () => void;
};

type MenuProps = {
  readonly label: string;
  readonly icon: IconName;
  /** Whether the words stand beside the icon. */
  readonly labelShown: boolean;
  readonly items: readonly MenuItem[];
};

/** A button that opens a menu: arrow keys move, Escape and a click elsewhere close it. */
export function Menu({ label, icon, labelShown, items }: MenuProps): ReactNode {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => (open ? closeFromOutside(root.current, () => setOpen(false)) : undefined), [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const opener = {
    ref: button,
    "aria-haspopup": "menu",
    "aria-expanded": open,
    onClick: () => setOpen(!open),
  } as const;
  return (
    <div className="menu" ref={root}>
      {labelShown ? (
        <button type="button" className="button" {...opener}>
          <Icon name={icon} />
          <span>{label}</span>
          <Icon name="chevron" size={12} />
        </button>
      ) : (
        <IconButton icon={icon} words={label} {...opener} />
      )}
      {open && <MenuList label={label} items={items} close={close} />}
    </div>
  );
}

type MenuListProps = {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly close: () => void;
};

function MenuList({ label, items, close }: MenuListProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => moveFocus(list.current, 0), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" || event.key === "Tab") close();
    else if (event.key === "ArrowDown") moveFocus(list.current, 1);
    else if (event.key === "ArrowUp") moveFocus(list.current, -1);
    else return;
    event.stopPropagation();
    if (event.key !== "Tab") event.preventDefault();
  };
  return (
    <div ref={list} className="menu-list" role="menu" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
      {items.map((item) => (
        <button
          key={item.label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          disabled={item.disabled}
          onClick={() => {
            close();
            item.run();
          }}
        >
          <Icon name={item.icon} />
          {item.label}
        </button>
      ))}
    </div>
  );
}

/** Moves the focus by `step` among the enabled items; 0 focuses the first. */
function moveFocus(list: HTMLElement | null, step: number): void {
  const items = [...(list?.querySelectorAll<HTMLElement>("[role=menuitem]:enabled") ?? [])];
  const present = items.findIndex((item) => item === document.activeElement);
  const next = present < 0 ? 0 : (present + step + items.length) % items.length;
  items[next]?.focus();
}

function closeFromOutside(root: HTMLElement | null, close: () => void): () => void {
  const onPointerDown = (event: PointerEvent) => {
    if (event.target instanceof Node && root?.contains(event.target) === true) return;
    close();
  };
  addEventListener("pointerdown", onPointerDown);
  return () => removeEventListener("pointerdown", onPointerDown);
}

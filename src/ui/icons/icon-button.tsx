import type { ComponentProps, ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

type IconButtonProps = Omit<ComponentProps<"button">, "children" | "className" | "type" | "aria-label"> & {
  readonly icon: IconName;
  /** What it does, for those who do not see the icon; others read it when they point at it. */
  readonly words: string;
  readonly iconSize?: number;
};

/** A button that is an icon alone. A `title` says it in other words than `words` to those who point at it. */
export function IconButton({ icon, words, iconSize = 16, ...rest }: IconButtonProps): ReactNode {
  return (
    <button
      title={words}
      {...rest}
      type="button"
      className="button button-plain button-icon"
      aria-label={words}
    >
      <Icon name={icon} size={iconSize} />
    </button>
  );
}

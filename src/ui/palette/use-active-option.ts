import { useState, type KeyboardEvent } from "react";

export type ActiveOption = {
  readonly index: number;
  /** Moves on arrow keys and takes on Enter; answers whether the key was its own. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
  readonly reset: () => void;
};

/** Which option of a list beside a text box is active. */
export function useActiveOption(count: number, take: (index: number) => void): ActiveOption {
  const [wanted, setWanted] = useState(0);
  const index = Math.max(0, Math.min(wanted, count - 1));
  return {
    index,
    reset: () => setWanted(0),
    onKeyDown: (event) => {
      if (event.nativeEvent.isComposing) return false;
      if (event.key === "ArrowDown") setWanted(count === 0 ? 0 : (index + 1) % count);
      else if (event.key === "ArrowUp") setWanted(count === 0 ? 0 : (index - 1 + count) % count);
      else if (event.key === "Enter" && count > 0) take(index);
      else return false;
      event.preventDefault();
      return true;
    },
  };
}

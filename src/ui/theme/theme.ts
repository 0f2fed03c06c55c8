import { useSyncExternalStore } from "react";

/** What the person chose: a fixed look, or that of the system. */
export type ThemeChoice = "system" | "light" | "dark";

const storageKey = "strata.theme";
const choices: readonly ThemeChoice[] = ["system", "light", "dark"];
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
let choice: ThemeChoice = storedChoice();

/** Sets `data-theme` from the stored choice and keeps it true to the system from now on. Call once at the start. */
export function startTheme(): void {
  applyTheme();
  systemIsDark.addEventListener("change", applyTheme);
}

/** Remembers the choice in this browser and applies it at once. */
export function chooseTheme(next: ThemeChoice): void {
  choice = next;
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
  applyTheme();
  for (const listener of listeners) listener();
}

/** The choice that follows in the cycle system, light, dark. */
export function nextTheme(current: ThemeChoice): ThemeChoice {
  return choices[(choices.indexOf(current) + 1) % choices.length] ?? "system";
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, () => choice);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function applyTheme(): void {
  const dark = choice === "dark" || (choice === "system" && systemIsDark.matches);
  document.documentElement.dataset["theme"] = dark ? "dark" : "light";
}

function storedChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(storageKey);
    return choices.find((one) => one === stored) ?? "system";
  } catch {
    return "system";
  }
}

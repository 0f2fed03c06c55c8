import type { ReactNode } from "react";
import { IconButton } from "../icons/icon-button.tsx";
import type { IconName } from "../icons/icon.tsx";
import { chooseTheme, nextTheme, useThemeChoice, type ThemeChoice } from "./theme.ts";

const icons: Readonly<Record<ThemeChoice, IconName>> = { system: "system", light: "sun", dark: "moon" };

/** One button that goes round: as the system has it, light, dark. */
export function ThemeToggle(): ReactNode {
  const choice = useThemeChoice();
  const words = `Theme: ${choice}. Switch to ${nextTheme(choice)}`;
  return <IconButton icon={icons[choice]} words={words} onClick={() => chooseTheme(nextTheme(choice))} />;
}

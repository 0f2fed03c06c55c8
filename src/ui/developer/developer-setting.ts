const storageKey = "strata.developer";

/** Whether the person had the developer panel open when they last opened or closed it. */
export function rememberedDeveloper(): boolean {
  try {
    return localStorage.getItem(storageKey) === "open";
  } catch {
    return false;
  }
}

/** Remembers it in this browser, where storing is allowed. */
export function rememberDeveloper(isOpen: boolean): void {
  try {
    if (isOpen) localStorage.setItem(storageKey, "open");
    else localStorage.removeItem(storageKey);
  } catch {
    // Then it lasts as long as the page.
  }
}

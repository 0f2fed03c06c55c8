/** The pages that the preview has shown, and where in them it stands. */
export type PageHistory = { readonly pages: readonly string[]; readonly place: number };

export const noHistory: PageHistory = { pages: [], place: -1 };

/** Goes to a page: a step back or forward when it is the neighbour, else a new end of the history. */
export function visit(history: PageHistory, page: string): PageHistory {
  const { pages, place } = history;
  if (pages[place] === page) return history;
  if (pages[place - 1] === page) return { pages, place: place - 1 };
  if (pages[place + 1] === page) return { pages, place: place + 1 };
  return { pages: [...pages.slice(0, place + 1), page], place: place + 1 };
}

/** The page `step` places away, or `undefined` at an end. */
export function pageAt(history: PageHistory, step: -1 | 1): string | undefined {
  return history.pages[history.place + step];
}

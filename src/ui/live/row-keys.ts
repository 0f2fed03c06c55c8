/**
 * The row that a key leads to from the active one, in a list of which `height` pixels are in sight; `undefined` for a
 * key that leads nowhere.
 */
export function rowFromKey(
  key: string,
  active: number,
  {
    count,
    height,
    rowHeight,
  }: { readonly count: number; readonly height: number; readonly rowHeight: number },
): number | undefined {
  const page = Math.max(1, Math.floor(height / rowHeight) - 2);
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -count, End: count }[key];
  return step === undefined ? undefined : Math.max(0, Math.min(count - 1, active + step));
}

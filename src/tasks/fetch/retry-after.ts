/**
 * Milliseconds from `now` that a `Retry-After` header asks to wait: it holds seconds or a date (RFC 9110, 10.2.3).
 * `null` without one that can be understood.
 */
export function retryAfterOf(header: string | null, now: number): number | null {
  const value = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  if (!/^[A-Za-z]{3},/.test(value)) return null;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

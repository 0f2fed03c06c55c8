const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long" });

/** `14:03:22` today, else `3 Nov 2026, 14:03:22`; both in milliseconds since the epoch. */
export function formatTime(time: number, now: number): string {
  const date = day.format(time);
  return date === day.format(now) ? clock.format(time) : `${date}, ${clock.format(time)}`;
}

/** `3 Nov 2026`. */
export function dayOf(time: number): string {
  return day.format(time);
}

/** The midnights around a time, as the clock on the wall has them. */
export function boundsOfDay(time: number): { readonly from: number; readonly to: number } {
  const midnight = new Date(time);
  const from = midnight.setHours(0, 0, 0, 0);
  return { from, to: midnight.setDate(midnight.getDate() + 1) };
}

/** `14:03:22`. */
export function clockOf(time: number): string {
  return clock.format(time);
}

/** `Today`, `Yesterday`, else `Tuesday, 3 Nov 2026`; both in milliseconds since the epoch. */
export function formatDay(time: number, now: number): string {
  const date = dayOf(time);
  if (date === dayOf(now)) return "Today";
  if (date === dayOf(boundsOfDay(now).from - 1)) return "Yesterday";
  return `${weekday.format(time)}, ${date}`;
}

const steps: readonly (readonly [limit: number, length: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [60_000, 1000, "second"],
  [3_600_000, 60_000, "minute"],
  [86_400_000, 3_600_000, "hour"],
  [30 * 86_400_000, 86_400_000, "day"],
  [365 * 86_400_000, 30 * 86_400_000, "month"],
  [Infinity, 365 * 86_400_000, "year"],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** `3 minutes ago`, `yesterday`. */
export function formatAgo(time: number, now: number): string {
  const age = Math.max(0, now - time);
  if (age < 10_000) return "just now";
  for (const [limit, length, unit] of steps) {
    if (age < limit) return relative.format(-Math.round(age / length), unit);
  }
  return "";
}

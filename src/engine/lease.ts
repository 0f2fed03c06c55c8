import { matchesPattern } from "../documents/address-pattern.ts";
import type { RemoteKind, RemoteSettings } from "../model/remote.ts";

const day = 86_400_000;

/** How long a copy of what an address gives is believed without asking, in days. */
export function leaseDays(
  address: string,
  kind: RemoteKind,
  { expiry, expiryDays }: Pick<RemoteSettings, "expiry" | "expiryDays">,
): number {
  const fitting = expiry.find(({ pattern }) => matchesPattern(pattern, address));
  return fitting?.days ?? expiryDays[kind];
}

/**
 * Whether a lease that was given at `lastChecked` is over at `now`, both in milliseconds since the epoch. One that was
 * given in the future is: some clock was wrong then or is now, and asking is cheap.
 */
export function isLeaseOver(lastChecked: number, days: number, now: number): boolean {
  return now < lastChecked || now - lastChecked >= days * day;
}

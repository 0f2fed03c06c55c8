import fc from "fast-check";
import { expect, it } from "vitest";
import { defaultRemote } from "../model/remote.ts";
import { isLeaseOver, leaseDays } from "./lease.ts";

const day = 24 * 60 * 60 * 1000;

it("[E90] a lease lasts for its days, to the millisecond", () => {
  expect(isLeaseOver(1000, 1, 1000 + day - 1)).toBe(false);
  expect(isLeaseOver(1000, 1, 1000 + day)).toBe(true);
  expect(isLeaseOver(1000, 0, 1000)).toBe(true);
  expect(isLeaseOver(1000, 0.5, 1000 + day / 2 - 1)).toBe(false);
  expect(isLeaseOver(1000, 3650, 999)).toBe(true);
});

/** Walks through the lease hour by hour. */
function isOverSlowly(lastChecked: number, hours: number, now: number): boolean {
  if (now < lastChecked) return true;
  let end = lastChecked;
  for (let hour = 0; hour < hours; hour++) end += 60 * 60 * 1000;
  return now >= end;
}

it("[E90] is what counting its hours gives", () => {
  const time = fc.nat(400 * day);
  fc.assert(
    fc.property(time, fc.nat(200), time, fc.boolean(), (start, hours, later, isAtTheEnd) => {
      const now = isAtTheEnd ? start + hours * 60 * 60 * 1000 - (later % 2) : later;
      // Days as multiples of an eighth of a day are exact.
      const whole = hours * 3;
      expect(isLeaseOver(start, hours / 8, now)).toBe(isOverSlowly(start, whole, now));
    }),
    { numRuns: 2000 },
  );
});

it("[E90] the first pattern that fits decides, then the kind", () => {
  const settings = {
    ...defaultRemote,
    expiryDays: { image: 3, document: 5 },
    expiry: [
      { pattern: "https://img.shields.io/badge/**", days: 30 },
      { pattern: "https://img.shields.io/**", days: 7 },
    ],
  };
  expect(leaseDays("https://img.shields.io/badge/a", "image", settings)).toBe(30);
  expect(leaseDays("https://img.shields.io/npm/a", "document", settings)).toBe(7);
  expect(leaseDays("https://example.org/a", "image", settings)).toBe(3);
  expect(leaseDays("https://example.org/a", "document", settings)).toBe(5);
  expect(leaseDays("https://example.org/a", "document", defaultRemote)).toBe(1);
});

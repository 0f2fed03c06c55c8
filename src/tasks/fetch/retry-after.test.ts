import { expect, it } from "vitest";
import { retryAfterOf } from "./retry-after.ts";

const now = Date.UTC(1994, 10, 6, 8, 49, 0);

it.each([
  [null, null],
  ["", null],
  ["120", 120_000],
  [" 0 ", 0],
  ["Sun, 06 Nov 1994 08:49:37 GMT", 37_000],
  ["Sun, 06 Nov 1994 08:48:37 GMT", 0],
  ["Sun, whenever", null],
  ["-5", null],
  ["99999999999999", null],
])("[T33] reads %j as %s ms", (header, wait) => {
  expect(retryAfterOf(header, now)).toBe(wait);
});

import { compareNames } from "../base/byte-order.ts";

/**
 * Compares names as a person orders them: letters without regard to case, digits as numbers (`a2` before `a10`), and
 * equal ones by their bytes, so that the order is the same on every machine.
 */
export function compareNaturally(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const [digits, others] = [digitsAt(left, i), digitsAt(right, j)];
    const order =
      digits === "" || others === ""
        ? compareNames(left.charAt(i), right.charAt(j))
        : compareDigits(digits, others);
    if (order !== 0) return order;
    i += Math.max(1, digits.length);
    j += Math.max(1, others.length);
  }
  return left.length - i - (right.length - j) || compareNames(a, b);
}

function digitsAt(text: string, at: number): string {
  let end = at;
  while (text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
  return text.slice(at, end);
}

/** By value, however long: leading zeros aside, the longer one is greater. */
function compareDigits(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ""), b.replace(/^0+/, "")];
  return left.length - right.length || compareNames(left, right);
}

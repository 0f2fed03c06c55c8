import { canonicalJson } from "../base/canonical-json.ts";
import type { Row } from "./row.ts";

/**
 * A hash of a set of rows that does not depend on their order, and costs O(1 row) to keep up: the sum of the rows' own
 * hashes in two lanes of 32 bits. It tells whether a set changed; it is no identity, and no guard against an opponent.
 */
export class RowSetHash {
  #high = 0;
  #low = 0;

  add(row: Row): void {
    const [high, low] = textHash(canonicalJson(row));
    this.#high = (this.#high + high) >>> 0;
    this.#low = (this.#low + low) >>> 0;
  }

  remove(row: Row): void {
    const [high, low] = textHash(canonicalJson(row));
    this.#high = (this.#high - high) >>> 0;
    this.#low = (this.#low - low) >>> 0;
  }

  /** 16 lower-case hex digits; all 0 for the empty set. */
  digest(): string {
    return hexDigits(this.#high, this.#low);
  }
}

/** 16 lower-case hex digits that tell texts apart. */
export function hashOfText(text: string): string {
  return hexDigits(...textHash(text));
}

/**
 * Two lanes over the UTF-16 units of a text, each multiplied by an odd constant of its own and mixed at the end as
 * MurmurHash3 does.
 */
function textHash(text: string): [high: number, low: number] {
  let high = 0xde_ad_be_ef;
  let low = 0x41_c6_ce_57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x9e_37_79_b1);
    low = Math.imul(low ^ unit, 0x5f_35_64_95);
    high ^= high >>> 15;
    low ^= low >>> 13;
  }
  return [mixed(high ^ text.length), mixed(low ^ Math.imul(high, 0x85_eb_ca_6b))];
}

function mixed(lane: number): number {
  let bits = Math.imul(lane ^ (lane >>> 16), 0x85_eb_ca_6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2_b2_ae_35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function hexDigits(high: number, low: number): string {
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}

import { signed, unsigned } from "./wasm-writer.ts";

/** WebAssembly instructions as bytes, in stack order: operands first. Source: Core Specification 2.0, 5.4. */
type Code = readonly number[];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number): Code => [0x21, ...unsigned(local)];
export const tee = (local: number): Code => [0x22, ...unsigned(local)];
export const i32const = (value: number): Code => [0x41, ...signed(value)];
export const i32add: Code = [0x6a];
export const i32store: Code = [0x36, 0x02, 0x00];
export const i32load: Code = [0x28, 0x02, 0x00];
export const shiftLeft: Code = [0x74];

/** Repeats `body`, which must leave on the stack whether to go round again. Runs at least once. */
export const repeatWhile = (...body: readonly Code[]): Code => [0x03, 0x40, ...body.flat(), 0x0d, 0x00, 0x0b];

/** Adds `amount` to a local. */
export const advance = (local: number, amount: Code): Code => [
  ...get(local),
  ...amount,
  ...i32add,
  ...set(local),
];

/** Subtracts 1 from a local and leaves the result on the stack. */
export const countDown = (local: number): Code => [...get(local), ...i32const(-1), ...i32add, ...tee(local)];

const simd = (opcode: number, ...immediates: number[]): Code => [0xfd, ...unsigned(opcode), ...immediates];
const unaligned = [0x00, 0x00] as const;

export const load: Code = simd(0x00, ...unaligned);
export const loadAt = (offset: number): Code => simd(0x00, 0x00, ...unsigned(offset));
export const loadSplat32: Code = simd(0x09, 0x00, 0x00);
export const loadSplat32At = (offset: number): Code => simd(0x09, 0x00, ...unsigned(offset));
export const store: Code = simd(0x0b, ...unaligned);
/** Picks 16 bytes of two vectors: 0 to 15 from the first, 16 to 31 from the second. */
export const shuffle = (...lanes: number[]): Code => simd(0x0d, ...lanes);
export const splat16: Code = simd(0x10);
export const splat32: Code = simd(0x11);
export const lane32 = (lane: number): Code => simd(0x1b, lane);
export const narrowToBytes: Code = simd(0x66);
export const narrowTo16: Code = simd(0x85);
export const widenLowBytes: Code = simd(0x89);
export const widenHighBytes: Code = simd(0x8a);
export const shiftRight16: Code = simd(0x8d);
export const add16: Code = simd(0x8e);
export const shiftRight32: Code = simd(0xac);
export const add32: Code = simd(0xae);
/** Multiplies 8 pairs of 16-bit numbers and adds neighbours: 4 sums of 32 bits. */
export const dot16: Code = simd(0xba);

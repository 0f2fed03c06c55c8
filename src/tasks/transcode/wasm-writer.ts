/**
 * Writes small WebAssembly modules by hand: functions of 32-bit integers without results, over one imported memory
 * (`env.memory`). Source: WebAssembly Core Specification 2.0, chapter 5.
 */
export type WasmFunction = {
  readonly name: string;
  /** How many `i32` parameters; they are the locals from 0 on. */
  readonly parameters: number;
  /** Further locals of type `i32`, then of type `v128`. */
  readonly integers: number;
  readonly vectors: number;
  readonly body: readonly number[];
};

const i32 = 0x7f;
const v128 = 0x7b;
const functionType = 0x60;
const end = 0x0b;

/** The bytes of a module that exports `functions`. */
export function writeModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [
    functionType,
    ...vector(Array(parameters).fill([i32])),
    0,
  ]);
  const imports = [[...text("env"), ...text("memory"), 0x02, 0x00, 0x01]];
  const exports = functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(2, imports),
    ...section(
      3,
      functions.map((_, index) => unsigned(index)),
    ),
    ...section(7, exports),
    ...section(10, functions.map(code)),
  ]);
}

/** LEB128 of a number from 0 on. */
export function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** LEB128 of a number of either sign. */
export function signed(value: number): number[] {
  const isLast = value >= -0x40 && value < 0x40;
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

function code({ integers, vectors, body }: WasmFunction): number[] {
  const locals = [
    [...unsigned(integers), i32],
    [...unsigned(vectors), v128],
  ];
  const whole = [...vector(locals), ...body, end];
  return [...unsigned(whole.length), ...whole];
}

function section(id: number, entries: readonly (readonly number[])[]): number[] {
  const content = vector(entries);
  return [id, ...unsigned(content.length), ...content];
}

function vector(entries: readonly (readonly number[])[]): number[] {
  return [...unsigned(entries.length), ...entries.flat()];
}

function text(value: string): number[] {
  return vector([...new TextEncoder().encode(value)].map((byte) => [byte]));
}

import { createRequire } from "node:module";
import { join } from "node:path";

/** The part of sharp's interface that is used. */
export type Sharp = {
  (input: string | Uint8Array, options?: { readonly raw: Raw }): Pipeline;
};
type Raw = { readonly width: number; readonly height: number; readonly channels: 3 };
type Pipeline = {
  rotate(): Pipeline;
  flop(): Pipeline;
  flip(): Pipeline;
  removeAlpha(): Pipeline;
  metadata(): Promise<{ readonly width?: number; readonly orientation?: number }>;
  resize(width: number, height?: number, options?: { readonly fit: "cover" | "fill" }): Pipeline;
  webp(options: { readonly quality: number; readonly effort?: number }): Pipeline;
  jpeg(options: { readonly quality: number }): Pipeline;
  withMetadata(options: { readonly orientation: number }): Pipeline;
  raw(): Pipeline;
  toBuffer(): Promise<Uint8Array>;
  toBuffer(options: { readonly resolveWithObject: true }): Promise<{ data: Uint8Array; info: Raw }>;
};

/** Sharp, where it is installed: beside this project, or in the folder that `STRATA_SHARP` names. */
export function loadSharp(): Sharp | undefined {
  try {
    return createRequire(join(sharpFolder(), "bench.js"))("sharp") as Sharp;
  } catch {
    return undefined;
  }
}

/** The folder from which `sharp` can be required. */
export const sharpFolder = (): string => process.env["STRATA_SHARP"] ?? import.meta.dirname;

/** Makes every picture in the widths of the default settings, two at a time. @returns milliseconds */
export async function transcodeWithSharp(sharp: Sharp, pictures: readonly string[]): Promise<number> {
  const started = performance.now();
  const waiting = [...pictures];
  const work = async () => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) await variants(sharp, path);
  };
  await Promise.all([work(), work()]);
  return performance.now() - started;
}

async function variants(sharp: Sharp, path: string): Promise<void> {
  const { width = 0 } = await sharp(path).metadata();
  const widths = new Set([320, 640, 1280, 1920].map((wanted) => Math.min(wanted, width)));
  for (const wanted of widths) await sharp(path).rotate().resize(wanted).webp({ quality: 80 }).toBuffer();
}

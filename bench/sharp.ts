/** The part of sharp's interface that is used. */
type Sharp = (path: string) => {
  rotate(): ReturnType<Sharp>;
  metadata(): Promise<{ readonly width?: number }>;
  resize(width: number): ReturnType<Sharp>;
  webp(options: { readonly quality: number }): ReturnType<Sharp>;
  toBuffer(): Promise<Uint8Array>;
};

/** Sharp, where it is installed; the project does not depend on it. */
export async function loadSharp(): Promise<Sharp | undefined> {
  const name = "sharp";
  try {
    const loaded = (await import(name)) as { readonly default: Sharp };
    return loaded.default;
  } catch {
    return undefined;
  }
}

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

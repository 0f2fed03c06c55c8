/** Whether every pixel of these RGBA bytes is opaque. Stops at the first that is not. */
export function isOpaque(pixels: Uint8ClampedArray): boolean {
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i] !== 255) return false;
  return true;
}

/** Multiplies color by alpha in place, so that the color of transparent pixels does not bleed while resizing. */
export function premultiply(pixels: Uint8ClampedArray): void {
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = pixels[i + 3] ?? 0;
    if (alpha === 255) continue;
    pixels[i] = Math.round(((pixels[i] ?? 0) * alpha) / 255);
    pixels[i + 1] = Math.round(((pixels[i + 1] ?? 0) * alpha) / 255);
    pixels[i + 2] = Math.round(((pixels[i + 2] ?? 0) * alpha) / 255);
  }
}

/** Divides color by alpha in place; where nothing is to be seen, color is 0. */
export function unpremultiply(pixels: Uint8ClampedArray): void {
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = pixels[i + 3] ?? 0;
    if (alpha === 255) continue;
    const scale = alpha === 0 ? 0 : 255 / alpha;
    pixels[i] = Math.round((pixels[i] ?? 0) * scale);
    pixels[i + 1] = Math.round((pixels[i + 1] ?? 0) * scale);
    pixels[i + 2] = Math.round((pixels[i + 2] ?? 0) * scale);
  }
}

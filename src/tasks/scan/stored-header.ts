/**
 * What the header of a raster image tells: pixels as they are stored, before `orientation` (EXIF, 1 to 8) is applied.
 *
 * A reader of headers gets the whole file, answers `undefined` for what breaks its format, and may let `DataView`
 * throw its RangeError where the file ends too early; `image-header.ts` catches it.
 */
export type StoredHeader = {
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
  readonly animated: boolean;
};

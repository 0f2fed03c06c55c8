import { brandsOf } from "./image-format.ts";
import type { StoredHeader } from "./stored-header.ts";

/** A box of the ISO base media format: where its payload begins and ends. */
type Box = { readonly type: number; readonly start: number; readonly end: number };

const code = (name: string): number => new DataView(new TextEncoder().encode(name).buffer).getUint32(0);
const [meta, pitm, iprp, ipco, ipma, ispe, irot, imir] = [
  code("meta"),
  code("pitm"),
  code("iprp"),
  code("ipco"),
  code("ipma"),
  code("ispe"),
  code("irot"),
  code("imir"),
] as const;

/**
 * The header of an AVIF: the properties that its primary item points at. A sequence is told by its major brand.
 * Source: ISO/IEC 23008-12, 6.5 (properties) and 8 (items); AV1 Image File Format 1.1.
 */
export function readAvifHeader(bytes: Uint8Array, view: DataView): StoredHeader | undefined {
  const properties = primaryProperties(view);
  const extent = properties.find((box) => box.type === ispe);
  if (extent === undefined) return undefined;
  return {
    width: view.getUint32(extent.start + 4),
    height: view.getUint32(extent.start + 8),
    orientation: orientationOf(view, properties),
    animated: brandsOf(bytes)[0] === "avis",
  };
}

function primaryProperties(view: DataView): readonly Box[] {
  const outer = boxIn(view, { type: 0, start: 0, end: view.byteLength }, meta);
  if (outer === undefined) return [];
  const inner = { ...outer, start: outer.start + 4 };
  const primary = boxIn(view, inner, pitm);
  const container = boxIn(view, inner, iprp);
  const list = container && boxIn(view, container, ipco);
  const links = container && boxIn(view, container, ipma);
  if (primary === undefined || list === undefined || links === undefined) return [];
  const item =
    view.getUint8(primary.start) === 0
      ? view.getUint16(primary.start + 4)
      : view.getUint32(primary.start + 4);
  const all = boxesIn(view, list);
  return propertyIndexes(view, links, item).flatMap((index) => all[index - 1] ?? []);
}

/** The 1-based indexes of the properties that an `ipma` box links to an item. */
function propertyIndexes(view: DataView, links: Box, item: number): readonly number[] {
  const wideItems = view.getUint8(links.start) > 0;
  const wideIndexes = (view.getUint8(links.start + 3) & 1) !== 0;
  const items = view.getUint32(links.start + 4);
  let offset = links.start + 8;
  for (let i = 0; i < items && offset < links.end; i++) {
    const id = wideItems ? view.getUint32(offset) : view.getUint16(offset);
    offset += wideItems ? 4 : 2;
    const count = view.getUint8(offset++);
    const width = wideIndexes ? 2 : 1;
    if (id === item) return indexesAt(view, offset, count, wideIndexes);
    offset += count * width;
  }
  return [];
}

/** The top bit of each index says whether a reader must understand the property. */
function indexesAt(view: DataView, offset: number, count: number, wide: boolean): readonly number[] {
  return Array.from({ length: count }, (_, i) =>
    wide ? view.getUint16(offset + 2 * i) & 0x7fff : view.getUint8(offset + i) & 0x7f,
  );
}

/** The EXIF orientation that means: turn by `irot` quarters against the clock, then mirror by `imir`. */
const orientations = { none: [1, 8, 3, 6], vertical: [4, 5, 2, 7], horizontal: [2, 7, 4, 5] } as const;

function orientationOf(view: DataView, properties: readonly Box[]): number {
  const rotation = properties.find((box) => box.type === irot);
  const mirror = properties.find((box) => box.type === imir);
  const quarters = rotation === undefined ? 0 : view.getUint8(rotation.start) & 3;
  const axis =
    mirror === undefined ? "none" : (view.getUint8(mirror.start) & 1) === 0 ? "vertical" : "horizontal";
  return orientations[axis][quarters] ?? 1;
}

function boxIn(view: DataView, parent: Box, type: number): Box | undefined {
  return boxesIn(view, parent).find((box) => box.type === type);
}

function boxesIn(view: DataView, parent: Box): readonly Box[] {
  const boxes: Box[] = [];
  for (let offset = parent.start; offset + 8 <= parent.end;) {
    const short = view.getUint32(offset);
    const size =
      short === 1 ? Number(view.getBigUint64(offset + 8)) : short === 0 ? parent.end - offset : short;
    if (size < 8 || offset + size > parent.end) break;
    boxes.push({
      type: view.getUint32(offset + 4),
      start: offset + (short === 1 ? 16 : 8),
      end: offset + size,
    });
    offset += size;
  }
  return boxes;
}

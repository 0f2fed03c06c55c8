// Draws the app's icons into public/: three layers, one above the other, as SVG and as PNG.
// Run after a change of the shapes or colours: node scripts/draw-icons.mjs
import { writeFileSync } from "node:fs";
import { encodePng } from "./encode-png.mjs";

const ground = "#121617";
/** From the lowest layer to the highest: colour and how far below the middle its centre lies, in parts of the side. */
const layers = [
  { colour: "#c98a3a", offset: 0.15 },
  { colour: "#a9502f", offset: 0.02 },
  { colour: "#2fa3a0", offset: -0.11 },
];
/** Half the width and half the height of a layer, in parts of the side. */
const half = { width: 0.34, height: 0.17 };
/** The dark edge that sets a layer off from the one beneath it. */
const edge = 0.035;

const files = [
  { name: "icon-192.png", side: 192, scale: 1, corner: 0.22 },
  { name: "icon-512.png", side: 512, scale: 1, corner: 0.22 },
  { name: "apple-touch-icon.png", side: 180, scale: 0.95, corner: 0 },
  // A mask may cut away all but the middle four fifths.
  { name: "icon-maskable-512.png", side: 512, scale: 0.8, corner: 0 },
];

for (const { name, side, scale, corner } of files) {
  const pixels = rasterise(side, (x, y) => colourAt(x, y, scale, corner));
  writeFileSync(new URL(`../public/${name}`, import.meta.url), encodePng(side, side, pixels));
}
writeFileSync(new URL("../public/icon.svg", import.meta.url), svg());

/**
 * RGBA, each pixel the mean of 16 samples.
 *
 * @param {number} side
 * @param {(x: number, y: number) => string | undefined} sample
 */
function rasterise(side, sample) {
  const pixels = new Uint8Array(side * side * 4);
  for (let i = 0; i < side * side; i++) {
    let [red, green, blue, covered] = [0, 0, 0, 0];
    for (let s = 0; s < 16; s++) {
      const x = ((i % side) + ((s % 4) + 0.5) / 4) / side;
      const y = (Math.floor(i / side) + (Math.floor(s / 4) + 0.5) / 4) / side;
      const colour = sample(x, y);
      if (colour === undefined) continue;
      red += Number.parseInt(colour.slice(1, 3), 16);
      green += Number.parseInt(colour.slice(3, 5), 16);
      blue += Number.parseInt(colour.slice(5, 7), 16);
      covered += 1;
    }
    const mean = [red, green, blue].map((total) => Math.round(total / Math.max(1, covered)));
    pixels.set([...mean, Math.round((covered / 16) * 255)], 4 * i);
  }
  return pixels;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} scale
 * @param {number} corner
 */
function colourAt(x, y, scale, corner) {
  if (!isInRoundedSquare(x, y, corner)) return undefined;
  const u = (x - 0.5) / scale;
  const v = (y - 0.5) / scale;
  let colour = ground;
  for (const layer of layers) {
    const distance = Math.abs(u) / half.width + Math.abs(v - layer.offset) / half.height;
    if (distance <= 1) colour = layer.colour;
    else if (distance <= 1 + edge / half.height) colour = ground;
  }
  return colour;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} corner
 */
function isInRoundedSquare(x, y, corner) {
  const dx = Math.max(corner - x, x - (1 - corner), 0);
  const dy = Math.max(corner - y, y - (1 - corner), 0);
  return dx * dx + dy * dy <= corner * corner || (dx === 0 && dy === 0);
}

function svg() {
  const shapes = layers.map(({ colour, offset }) => {
    const at = (/** @type {number} */ part) => ((part + 0.5) * 100).toFixed(1);
    const { width, height } = half;
    const path = `${at(0)},${at(offset - height)} ${at(width)},${at(offset)} ${at(0)},${at(offset + height)} ${at(-width)},${at(offset)}`;
    return `<polygon points="${path}" fill="${colour}" stroke="${ground}" stroke-width="3" paint-order="stroke"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" rx="22" fill="${ground}"/>${shapes.join("")}</svg>\n`;
}

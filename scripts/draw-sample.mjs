// Draws the pictures of the sample project into sample/images. Run: node scripts/draw-sample.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import encodeJpeg, { init } from "@jsquash/jpeg/encode.js";
import { encodePng } from "./encode-png.mjs";

const target = (/** @type {string} */ name) => new URL(`../sample/images/${name}`, import.meta.url);

/** A generator of numbers in [0, 1) from a seed, so that the pictures are the same on every run (mulberry32). @param {number} seed */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A smooth line over [0, 1]: octaves of waves with seeded phases.
 *
 * @param {number} seed
 * @param {number} roughness
 */
function ridge(seed, roughness) {
  const random = seeded(seed);
  const waves = Array.from({ length: 7 }, (_, i) => ({
    frequency: 1.3 * 1.9 ** i,
    phase: random() * Math.PI * 2,
    height: roughness ** i,
  }));
  return (/** @type {number} */ x) =>
    waves.reduce(
      (sum, { frequency, phase, height }) => sum + height * Math.sin(frequency * Math.PI * x + phase),
      0,
    );
}

/** @typedef {[number, number, number]} Colour */

/**
 * @param {number} width
 * @param {number} height
 * @param {(u: number, v: number, x: number, y: number) => Colour} colourAt
 */
function paint(width, height, colourAt) {
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r, g, b] = colourAt(x / width, y / height, x, y);
      pixels.set([r, g, b, 255], 4 * (y * width + x));
    }
  }
  return pixels;
}

/**
 * @param {Colour} a
 * @param {Colour} b
 * @param {number} t
 * @returns {Colour}
 */
function mix(a, b, t) {
  const part = Math.min(1, Math.max(0, t));
  return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, a[2] + (b[2] - a[2]) * part];
}

/**
 * Hills behind hills at dusk: each nearer one is darker, as air makes it.
 *
 * @param {number} width
 * @param {number} height
 */
function hills(width, height) {
  const ridges = Array.from({ length: 6 }, (_, i) => ({ line: ridge(11 + i, 0.52), depth: i / 5 }));
  const grain = seeded(5);
  return paint(width, height, (u, v) => {
    const sun = Math.hypot((u - 0.68) * 1.6, v - 0.36);
    let colour = mix(mix([36, 66, 92], [244, 186, 120], v * 2.1), [255, 236, 190], 1 - sun * 4);
    for (const { line, depth } of ridges) {
      const top = 0.42 + depth * 0.42 + line(u * (1 + depth)) * (0.025 + 0.02 * depth);
      if (v > top)
        colour = mix(
          mix([196, 138, 110], [18, 40, 46], depth),
          [228, 176, 130],
          (v - top - 0.1) * (1 - depth),
        );
    }
    const speck = (grain() - 0.5) * 5;
    return [colour[0] + speck, colour[1] + speck, colour[2] + speck];
  });
}

/**
 * A cut through layers of rock, each with its own colour and bend.
 *
 * @param {number} width
 * @param {number} height
 */
function rock(width, height) {
  const colours = [
    "#c98a3a",
    "#e0b872",
    "#a9502f",
    "#7d3d2b",
    "#d9c9a5",
    "#0b6b6b",
    "#2d3f4a",
    "#8c6f4e",
    "#b7a27a",
  ];
  const rgb = colours.map((hex) => {
    const part = (/** @type {number} */ at) => Number.parseInt(hex.slice(at, at + 2), 16);
    return /** @type {Colour} */ ([part(1), part(3), part(5)]);
  });
  const bend = ridge(42, 0.45);
  const thickness = ridge(7, 0.6);
  return paint(width, height, (u, v, x, y) => {
    const depth = v * 15 + bend(u) * 0.9 + thickness(v * 2.2) * 0.5;
    const layer = Math.floor(depth);
    const within = depth - layer;
    const base = rgb[(((layer * 5) % rgb.length) + rgb.length) % rgb.length] ?? [0, 0, 0];
    const shade = 0.82 + 0.24 * within + 0.03 * Math.sin((x * 0.7 + y * 3.1) * 0.06);
    const shaded = (/** @type {number} */ value) => Math.round((value * shade) / 3) * 3;
    return [shaded(base[0]), shaded(base[1]), shaded(base[2])];
  });
}

const diagram = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 250" width="720" height="250" font-family="system-ui, sans-serif" font-size="15" role="img" aria-label="notes.md and photo.jpg lead to variants and a section, and these to the finished page">
<rect width="720" height="250" rx="12" fill="#f6f5f1"/>
<g fill="none" stroke="#8a8d86" stroke-width="2"><path d="M180 65H270M180 185H270M430 65C480 65 490 125 530 125M430 185C480 185 490 125 530 125M430 125H530M180 185C225 185 225 125 270 125"/></g>
<g stroke-width="2" stroke="#1e2422">
<rect x="30" y="42" width="150" height="46" rx="8" fill="#fbf1dc"/><rect x="30" y="162" width="150" height="46" rx="8" fill="#fbf1dc"/>
<rect x="270" y="42" width="160" height="46" rx="8" fill="#e7f0fb"/><rect x="270" y="102" width="160" height="46" rx="8" fill="#e7f0fb"/><rect x="270" y="162" width="160" height="46" rx="8" fill="#e7f0fb"/>
<rect x="530" y="102" width="160" height="46" rx="8" fill="#dff0ee"/></g>
<g fill="#1e2422" text-anchor="middle"><text x="105" y="70">notes.md</text><text x="105" y="190">photo.jpg</text><text x="350" y="70">notes § Summary</text><text x="350" y="130">photo, 640 wide</text><text x="350" y="190">photo, 1280 wide</text><text x="610" y="130">page.html</text></g>
<g fill="#4d5552" font-size="13" text-anchor="middle"><text x="105" y="26">generation 0</text><text x="350" y="26">generation 1</text><text x="610" y="26">generation 2</text></g>
</svg>
`;

const require = createRequire(import.meta.url);
const wasm = join(dirname(require.resolve("@jsquash/jpeg/package.json")), "codec/enc/mozjpeg_enc.wasm");
await init(await WebAssembly.compile(readFileSync(wasm)));
/** @type {ImageData} */
const photo = { data: hills(1600, 900), width: 1600, height: 900, colorSpace: "srgb" };
writeFileSync(target("hills.jpg"), Buffer.from(await encodeJpeg(photo, { quality: 82 })));
writeFileSync(target("layers.png"), encodePng(960, 600, rock(960, 600)));
writeFileSync(target("graph.svg"), diagram);

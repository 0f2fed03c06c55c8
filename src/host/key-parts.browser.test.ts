import { expect, it } from "vitest";
import { createMemoryStores } from "../artifacts/memory-stores.ts";
import { parseProjectPath } from "../base/project-path.ts";
import { createDigest, keyParts, type Known } from "../engine/key-parts.ts";
import type { TargetOf } from "../engine/target.ts";
import { loadHasher } from "../base/xxhash.ts";
import { asContentHash, asResourceId } from "../model/ids.ts";
import type { SourceRecord } from "../model/source.ts";
import { readImageHeader } from "../tasks/scan/image-header.ts";
import { run } from "../tasks/transcode/run.ts";

const path = parseProjectPath("p.jpg")!;
const hasher = await loadHasher();

async function draw(color: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(200, 100);
  const context = canvas.getContext("2d")!;
  for (let x = 0; x < 200; x += 10) {
    context.fillStyle = x % 20 === 0 ? color : `rgb(${x} ${200 - x} 90)`;
    context.fillRect(x, 0, 10, 100);
  }
  return canvas.convertToBlob({ type: "image/jpeg" });
}

/** The key of a variant of a picture, and the hash of what is made. */
async function make(
  variant: Pick<TargetOf<"variant">, "width" | "format" | "quality" | "shrink">,
  picture: Blob,
) {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  const facts = readImageHeader(bytes);
  if (facts.type !== "image") throw new Error("no image");
  const id = asResourceId("variant:p.jpg");
  const { artifacts, highlighted } = createMemoryStores();
  const { shrink, ...asked } = variant;
  const input = {
    path,
    bytes: { type: "file", file: picture },
    facts,
    shrink,
    variants: [{ resourceId: id, ...asked }],
  };
  const signal = new AbortController().signal;
  const [result] = await run([{ resourceId: id, input }], { artifacts, highlighted, signal });
  if (result?.status !== "done") throw new Error(JSON.stringify(result));
  const source = { contentHash: asContentHash(hasher.bytes(bytes)) } as SourceRecord;
  const known = { sources: new Map([[path, source]]), digest: createDigest(hasher) } as unknown as Known;
  const target = { kind: "variant", id, sitePath: null, inputs: [], path, ...variant } as const;
  return { parts: keyParts(target, known), hash: result.artifact?.hash };
}

it("[E77] has no part in the key of a variant that its bytes do not depend on", async () => {
  const [red, green] = [await draw("red"), await draw("green")];
  const variant = { width: 100, format: "webp", quality: 80, shrink: 1 } as const;
  const first = await make(variant, red);
  const others = {
    content: await make(variant, green),
    width: await make({ ...variant, width: 50 }, red),
    format: await make({ ...variant, format: "avif" }, red),
    "setting images.quality": await make({ ...variant, quality: 30 }, red),
    "setting images.widths": await make({ ...variant, shrink: 2 }, red),
  };
  expect(["rule", ...Object.keys(others)]).toEqual(first.parts.map(({ label }) => label));
  for (const [label, { parts, hash }] of Object.entries(others)) {
    const differing = parts.filter(({ value }, i) => value !== first.parts[i]?.value);
    expect(differing.map((part) => part.label)).toEqual([label]);
    expect(hash, label).not.toBe(first.hash);
  }
});

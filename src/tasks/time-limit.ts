import type { Job } from "../model/wire.ts";
import { copy } from "./copy/spec.ts";
import { emit } from "./emit/spec.ts";
import { fetchAddress } from "./fetch/spec.ts";
import { renderFragment } from "./render-fragment/spec.ts";
import { renderListing } from "./render-listing/spec.ts";
import { renderPage } from "./render-page/spec.ts";
import { scan } from "./scan/spec.ts";
import { transcode } from "./transcode/spec.ts";

const limits: ReadonlyMap<string, number> = new Map(
  [copy, emit, fetchAddress, renderFragment, renderListing, renderPage, scan, transcode].map((spec) => [
    spec.kind,
    spec.timeLimit,
  ]),
);

/**
 * Milliseconds that a job may take. Limits are far above what an honest item needs, so a batch of any size gets no
 * more than two of them: a batch that hangs is noticed soon, and a slow one is carried out again item by item.
 */
export function timeLimitOf(job: Job): number {
  return Math.min(job.items.length, 2) * (limits.get(job.kind) ?? 60_000);
}

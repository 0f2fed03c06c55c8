import type { Job } from "../model/wire.ts";
import { transcode, type TranscodeInput } from "../tasks/transcode/spec.ts";

/**
 * The most pixels that a job may hold decoded at once: those of its largest picture, as its items run in turn. A JPEG counts
 * whole, since not every way to decode one can make it smaller.
 */
export function decodedPixels(job: Job): number {
  if (job.kind !== transcode.kind) return 0;
  const sizes = job.items.map((item) => {
    const { facts } = item.input as TranscodeInput;
    return facts.width * facts.height;
  });
  return Math.max(0, ...sizes);
}

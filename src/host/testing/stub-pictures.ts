import type { Stores } from "../../artifacts/stores.ts";
import { loadHasher } from "../../base/xxhash.ts";
import { asContentHash } from "../../model/ids.ts";
import type { TaskItem, TaskResult } from "../../model/wire.ts";
import type { TaskRunner } from "../../tasks/contract.ts";
import { failedItem } from "../../tasks/job-resources.ts";
import { transcode, type Shrink, type TranscodeInput, type Variant } from "../../tasks/transcode/spec.ts";

/** A PNG by its header; what follows is `body`. One whose body is `broken` cannot be encoded. */
export function pngOf(width: number, body: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(33 + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  view.setUint32(8, 13);
  view.setUint32(12, 0x49484452);
  view.setUint32(16, width);
  view.setUint32(20, 2 * width);
  bytes.set(new TextEncoder().encode(body), 33);
  return bytes;
}

/**
 * A runner that encodes no pixels: a variant is a text of all that its bytes may depend on, so the pictures of a test
 * need no browser. Everything else goes to `runner`.
 */
export function withStubPictures(runner: TaskRunner, { artifacts }: Pick<Stores, "artifacts">): TaskRunner {
  const encode = async (item: TaskItem): Promise<readonly TaskResult[]> => {
    const { bytes, shrink, variants } = item.input as TranscodeInput;
    if (bytes.type !== "file") throw new Error("the files of these tests are in memory");
    const content = await bytes.file.text();
    const fault = {
      code: "image-broken",
      severity: "error",
      message: "No image.",
      remedy: "Mend it.",
    } as const;
    if (content.endsWith("broken")) return failedItem(transcode.kind, item, fault, 1);
    return Promise.all(variants.map((variant) => put({ ...variant, shrink }, content)));
  };
  const put = async (
    { resourceId, ...made }: Variant & { readonly shrink: Shrink },
    content: string,
  ): Promise<TaskResult> => {
    const bytes = new TextEncoder().encode(JSON.stringify([made, content]));
    const hash = asContentHash((await loadHasher()).bytes(bytes));
    const [artifact = null] = await artifacts.putMany([{ hash, type: "image/webp", bytes }]);
    return { status: "done", resourceId, artifact, value: null, problems: [], durationMs: 1, read: [] };
  };
  return {
    ...runner,
    run: async (job, signal) => {
      if (job.kind !== transcode.kind) return runner.run(job, signal);
      const results = (await Promise.all(job.items.map(encode))).flat();
      signal.throwIfAborted();
      return { jobId: job.id, worker: 0, results };
    },
  };
}

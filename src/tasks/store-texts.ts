import type { NewArtifact } from "../artifacts/contract.ts";
import type { Fault } from "../base/fault.ts";
import type { ProjectPath } from "../base/project-path.ts";
import { loadHasher } from "../base/xxhash.ts";
import type { Artifact } from "../model/artifact.ts";
import { asContentHash } from "../model/ids.ts";
import type { Problem } from "../model/problem.ts";
import type { TaskItem, TaskResult } from "../model/wire.ts";
import type { TaskContext } from "./contract.ts";

/** What one item of a batch came to. */
export type TextOutput = { readonly durationMs: number } & (
  | {
      readonly ok: true;
      readonly text: string;
      /** MIME type. */
      readonly type: string;
      readonly problems: readonly Problem[];
      readonly read: readonly ProjectPath[];
    }
  | { readonly ok: false; readonly fault: Fault }
);

/** Stores the texts of a batch, encoded as UTF-8, with one call, and answers with one result an item. */
export async function storeTexts(
  items: readonly TaskItem[],
  outputs: readonly TextOutput[],
  context: TaskContext,
): Promise<readonly TaskResult[]> {
  const hasher = await loadHasher();
  const encoder = new TextEncoder();
  const unique = new Map<string, NewArtifact>();
  const hashes = outputs.map((output) => {
    if (!output.ok) return undefined;
    const bytes = encoder.encode(output.text);
    const hash = asContentHash(hasher.bytes(bytes));
    unique.set(hash, { hash, type: output.type, bytes });
    return hash;
  });
  context.signal.throwIfAborted();
  const stored = unique.size === 0 ? [] : await context.artifacts.putMany([...unique.values()]);
  const artifacts = new Map(stored.map((artifact) => [artifact.hash, artifact]));
  return items.flatMap((item, i) => {
    const output = outputs[i];
    const hash = hashes[i];
    return output === undefined ? [] : [resultOf(item, output, hash && artifacts.get(hash))];
  });
}

function resultOf(item: TaskItem, output: TextOutput, artifact: Artifact | undefined): TaskResult {
  const { resourceId } = item;
  const { durationMs } = output;
  if (!output.ok) return { status: "failed", resourceId, fault: output.fault, durationMs };
  const { problems, read } = output;
  return { status: "done", resourceId, artifact: artifact ?? null, value: null, problems, durationMs, read };
}

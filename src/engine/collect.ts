import { collectable, forgetArtifacts } from "../store/artifacts.ts";
import type { EnginePorts } from "./ports.ts";

/**
 * Frees the bytes that no output refers to any more. The bytes go first: a crash in between leaves rows without
 * bytes, which the next collection drops.
 */
export async function collectGarbage({ store, bytes }: Pick<EnginePorts, "store" | "bytes">): Promise<void> {
  const hashes = await collectable(store);
  if (hashes.length === 0) return;
  await bytes.release(hashes);
  await forgetArtifacts(store, hashes);
}

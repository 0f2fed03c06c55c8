import { invariant } from "../../base/invariant.ts";
import type { ImportedOperation } from "../../model/operation.ts";

type StreamName = Pick<ImportedOperation, "documentId" | "scope" | "branch">;

/** Operations merged in one transaction, beside the stream that goes over it: about 10 MB. */
const batchSize = 10_000;

/** How long each stream of a log is, and which streams are merged together. */
export class StreamCounts {
  readonly #numbers = new Map<string, number>();
  /** By the number of the stream. */
  readonly #counts: number[] = [];
  readonly #batches: number[] = [];
  /** The number of the stream of each line, so that a line of another batch need not be parsed. */
  readonly #lines: number[] = [];

  /** Counts the operation of the next line; gives how many of its stream there were before. */
  count(name: StreamName): number {
    const key = keyOf(name);
    const number = this.#numbers.get(key) ?? this.#counts.length;
    this.#numbers.set(key, number);
    this.#lines.push(number);
    const before = this.#counts[number] ?? 0;
    this.#counts[number] = before + 1;
    return before;
  }

  /** Puts streams together until a batch is full, in the order in which they began. Gives the number of batches. */
  makeBatches(): number {
    let batch = 0;
    let size = 0;
    for (const count of this.#counts) {
      if (size >= batchSize) {
        batch++;
        size = 0;
      }
      this.#batches.push(batch);
      size += count;
    }
    return this.#counts.length === 0 ? 0 : batch + 1;
  }

  /** The batch of the operation in a line, 1-based. */
  batchOf(line: number): number {
    const batch = this.#batches[this.#lines[line - 1] ?? -1];
    invariant(batch !== undefined, "a line that was counted has its batch");
    return batch;
  }
}

/** The parts of a name may hold any character, so they are not merely joined. */
function keyOf({ documentId, scope, branch }: StreamName): string {
  return JSON.stringify([documentId, scope, branch]);
}

import { asResourceId, type ResourceId } from "../src/model/ids.ts";
import type { SettledJob } from "../src/model/write-job.ts";
import type { Session } from "../src/session/contract.ts";

/** One write of the stream; its number stands in one of its children, so that the log tells it from all others. */
export type Write = {
  readonly number: number;
  readonly call: "addChildren" | "removeChildren";
  readonly parentId: ResourceId;
  readonly childIds: readonly ResourceId[];
};

/** A write that the page was told the end of. */
export type EndedWrite = { readonly number: number; readonly job: SettledJob };

export const documents = ["a", "b", "c", "d"].map((name) => asResourceId(`file:${name}.md`));

/** A child that no other write names: `file:w17.md`. */
const marker = (number: number) => asResourceId(`file:w${number}.md`);

/** The number of the write that an operation with these children came from, if it was one. */
export function writeNumberOf(childIds: readonly string[]): number | undefined {
  const [, number] = /^file:w(\d+)\.md$/u.exec(childIds[1] ?? "") ?? [];
  return number === undefined ? undefined : Number(number);
}

/** The same write for a number, always: two that add and one that removes a child, and what an earlier one added. */
export function writeOf(number: number): Write {
  const parentId = documents[number % 4]!;
  const others = documents.filter((id) => id !== parentId);
  const child = others[Math.floor(number / 4) % 3]!;
  const removes = number % 3 === 2;
  return {
    number,
    call: removes ? "removeChildren" : "addChildren",
    parentId,
    childIds: [child, marker(number), ...(removes ? [marker(number - 4)] : [])],
  };
}

type Scripted = { readonly strata: Session; readonly noteEnded: (ended: EndedWrite) => Promise<void> };

/** Runs in the page, and so uses nothing outside itself: keeps `lanes` of the writes in flight, and tells each end. */
export function streamWrites({
  writes,
  lanes,
}: {
  readonly writes: readonly Write[];
  readonly lanes: number;
}): void {
  const { strata, noteEnded } = globalThis as unknown as Scripted;
  const waiting = [...writes];
  const lane = async () => {
    for (let write = waiting.shift(); write !== undefined; write = waiting.shift()) {
      const job = await strata[write.call](write.parentId, write.childIds);
      if (job === undefined) throw new Error(`write ${write.number} has no answer`);
      void noteEnded({ number: write.number, job });
    }
  };
  for (let n = 0; n < lanes; n++) void lane();
}

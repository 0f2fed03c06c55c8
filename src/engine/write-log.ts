import { invariant } from "../base/invariant.ts";
import type { SettledJob, WriteJob } from "../model/write-job.ts";
import type { CommandOf } from "../model/wire.ts";
import type { Log } from "../log/open-log.ts";

/** Makes documents children of another, or takes them away, and resolves when that has ended. */
export async function changeChildren(
  { jobs }: Log,
  { type, parentId, childIds, jobId }: CommandOf<"add-children" | "remove-children">,
): Promise<SettledJob> {
  const options = { id: jobId };
  const asked =
    type === "add-children"
      ? jobs.addChildren(parentId, childIds, options)
      : jobs.removeChildren(parentId, childIds, options);
  if (asked.status === "FAILED") return asked;
  const job = await jobs.whenSettled(jobId);
  invariant(job !== undefined, "a write that was asked for ends");
  return job;
}

/** How far a write has come; `null` for one of which nothing is known. */
export async function findWrite({ jobs }: Log, jobId: string): Promise<WriteJob | null> {
  return (await jobs.getJobStatus(jobId)) ?? null;
}

import type { OutputRecord } from "../model/output.ts";
import type { CommandOf } from "../model/wire.ts";
import type { Made } from "../store/artifacts.ts";
import { adoptOutputs } from "../store/outputs.ts";
import type { EnginePorts } from "./ports.ts";
import type { ProjectState } from "./project-state.ts";

type Adopted = Pick<CommandOf<"adopt-outputs">, "outputs" | "as">;

/**
 * Takes over what was made elsewhere, whose bytes are in the artifact store. Whatever it becomes, a build of this
 * project finds it by its keys. Where the folder was read, its outputs are those of its own builds alone.
 */
export async function adoptResults(
  state: ProjectState,
  { outputs, as }: Adopted,
  { store }: Pick<EnginePorts, "store">,
): Promise<void> {
  const own = as === "outputs" && state.listing === null ? outputs : [];
  await adoptOutputs(store, state.projectId, { outputs: own, made: outputs.flatMap(madeOf) });
  for (const output of own) state.outputs.set(output.id, output);
  state.replaced.noteUnknown();
  state.isPublished = false;
}

/** The key of a task that failed gave nothing. */
function madeOf({ status, taskKey, artifact, problems }: OutputRecord): readonly Made[] {
  return status === "DONE" && taskKey !== null ? [{ taskKey, artifact, problems }] : [];
}

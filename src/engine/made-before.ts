import type { ProjectId, TaskKey } from "../model/ids.ts";
import { findMade, forgetMade } from "../store/artifacts.ts";
import type { EnginePorts } from "./ports.ts";
import type { Made } from "./settlement.ts";

type Ports = Pick<EnginePorts, "store" | "bytes">;
type MadeBefore = { readonly there: ReadonlyMap<TaskKey, Made>; readonly lost: readonly TaskKey[] };

/** What earlier runs made whose bytes are still there; what a browser dropped is forgotten. */
export async function takeMade(
  projectId: ProjectId,
  ports: Ports,
  keys: readonly TaskKey[],
): Promise<MadeBefore["there"]> {
  const { there, lost } = await lookUpMade(projectId, ports, keys);
  if (lost.length > 0) await forgetMade(ports.store, lost);
  return there;
}

/** What earlier runs made, by whether its bytes are still there. Changes nothing. */
export async function lookUpMade(
  projectId: ProjectId,
  { store, bytes }: Ports,
  keys: readonly TaskKey[],
): Promise<MadeBefore> {
  const made = await findMade(store, projectId, keys);
  const hashes = [...made.values()].flatMap(({ artifact }) => artifact?.hash ?? []);
  if (hashes.length === 0) return { there: made, lost: [] };
  const present = await bytes.present(hashes);
  const isLost = ({ artifact }: Made) => artifact !== null && !present.has(artifact.hash);
  return {
    there: new Map([...made].filter(([, each]) => !isLost(each))),
    lost: [...made].filter(([, each]) => isLost(each)).map(([key]) => key),
  };
}

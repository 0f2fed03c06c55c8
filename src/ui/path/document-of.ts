import { asResourceId, type ResourceId } from "../../model/ids.ts";
import { fileId, filePathOf } from "../../model/resource.ts";
import type { NodeRow } from "../../model/view-rows.ts";
import type { LiveView } from "../../session/contract.ts";

/** The file of the folder that a node is or was made from, where there is one: the end of a path. */
export function documentOf(
  nodes: Pick<LiveView<NodeRow>, "get">,
  key: string | null,
): ResourceId | undefined {
  if (key === null) return undefined;
  const id = fileId(sourcePathOf(key));
  return nodes.get(id) === undefined ? undefined : id;
}

/** The path of that file, as far as the node's id tells. */
export function sourcePathOf(key: string): string {
  const path = filePathOf(asResourceId(key));
  if (path !== undefined) return path;
  const name = key.slice(key.indexOf(":") + 1);
  if (key.startsWith("variant:")) return name.slice(0, name.lastIndexOf("@"));
  return key.startsWith("fragment:") ? (name.split("#")[0] ?? name) : name;
}

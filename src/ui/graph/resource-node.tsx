import { memo, type ReactNode } from "react";
import { Handle, Position, type Node, type NodeProps } from "reactflow";
import type { NodeRow } from "../../model/view-rows.ts";
import type { LiveView } from "../../session/contract.ts";
import { useRow } from "../live/use-live-view.ts";
import { StatusIcon, statusWords } from "../status/status-icon.tsx";
import { kindWords } from "../status/kind-words.ts";

/** What React Flow keeps of a mounted node. Its row comes from the view, so a status never goes through React Flow. */
export type ResourceFlowNode = Node<
  {
    readonly view: LiveView<NodeRow>;
    /** 1-based place on the path that is shown, for what is on it. */
    readonly stop: number | null;
    /** `off`: others stand out, and this steps back; `null` while nothing does. */
    readonly standing: "on" | "off" | null;
  },
  "resource"
>;

/** A node near enough to read: its status as a shape, its name and its kind. */
export const ResourceNode = memo(function ResourceNode({
  id,
  data,
  selected,
}: NodeProps<ResourceFlowNode>): ReactNode {
  const row = useRow(data.view, id);
  if (row === undefined) return null;
  return (
    <div
      className="graph-node"
      data-status={row.status}
      data-selected={selected}
      data-path={data.standing ?? undefined}
      title={`${row.label}: ${row.cause}`}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} />
      {data.stop !== null && <span className="graph-node-stop">{data.stop}</span>}
      <StatusIcon status={row.status} />
      <span className="graph-node-label">
        <bdi>{row.label}</bdi>
      </span>
      <span className="graph-node-kind">{kindWords[row.kind]}</span>
      <span className="visually-hidden">{statusWords[row.status]}</span>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
});

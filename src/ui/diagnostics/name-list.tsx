import type { ReactNode } from "react";
import { formatCount } from "../format/count.ts";
import { useWorkbench } from "../workbench.ts";

/** Entries shown of a list; a project may have thousands. */
const shown = 200;

/** Names one below the other, the first of them, and how many more there are. */
export function NameList({ names }: { readonly names: readonly string[] }): ReactNode {
  return (
    <ul className="name-list">
      {names.slice(0, shown).map((name) => (
        <li key={name}>
          <NodeName id={name} />
        </li>
      ))}
      {names.length > shown && <li>and {formatCount(names.length - shown)} more</li>}
    </ul>
  );
}

/** The name of a node, which shows it in the graph. */
export function NodeName({ id }: { readonly id: string }): ReactNode {
  const { act } = useWorkbench();
  const show = () => {
    act({ type: "select", key: id });
    act({ type: "go", tab: "graph" });
  };
  return (
    <button type="button" className="node-name" onClick={show}>
      {id}
    </button>
  );
}

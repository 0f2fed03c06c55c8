import type { MouseEvent, ReactNode } from "react";
import type { ResourceId } from "../../model/ids.ts";
import type { RelationDirection } from "../../model/relations.ts";
import { filePathOf } from "../../model/resource.ts";
import { IconButton } from "../icons/icon-button.tsx";
import { useSession } from "../session-context.ts";

type RemoveChildProps = {
  readonly of: ResourceId;
  readonly other: ResourceId;
  /** `outgoing`: the other is the child. */
  readonly direction: RelationDirection;
};

/** Takes a child from its parent, on the line of either. */
export function RemoveChild({ of, other, direction }: RemoveChildProps): ReactNode {
  const session = useSession();
  const [parent, child] = direction === "outgoing" ? [of, other] : [other, of];
  const remove = (event: MouseEvent<HTMLButtonElement>) => {
    // The line goes away, and with it the button that has the focus.
    event.currentTarget.closest("aside")?.focus();
    void session.removeChildren(parent, [child]);
  };
  const words = `Remove ${nameOf(child)} from the children of ${nameOf(parent)}`;
  return <IconButton icon="trash" words={words} onClick={remove} />;
}

const nameOf = (id: ResourceId): string => filePathOf(id) ?? id;

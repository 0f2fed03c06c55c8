import { useState, type ReactNode } from "react";
import type { Inspection } from "../../model/wire.ts";
import { countOf, formatCount } from "../format/count.ts";
import { NodeLink } from "./node-link.tsx";
import { ShowReach } from "./show-reach.tsx";

/** What holds a node back, and what a change of it could reach; each name selects. */
export function NodeLinks({ inspection }: { readonly inspection: Inspection }): ReactNode {
  const { culprits, impact } = inspection;
  return (
    <>
      {culprits.length > 0 && <LinkList title="Held back by" ids={culprits} open />}
      <LinkList
        title="What would a change touch?"
        ids={impact}
        open={false}
        note={impact.length === 0 ? "Nothing else." : `${countOf(impact.length, "output")} could change.`}
      >
        {impact.length > 0 && (
          <ShowReach of={inspection.resourceId} what="touches" words="Show on the graph" />
        )}
      </LinkList>
    </>
  );
}

const shownAtFirst = 50;

type LinkListProps = {
  readonly title: string;
  readonly ids: readonly string[];
  readonly open: boolean;
  readonly note?: string;
  readonly children?: ReactNode;
};

function LinkList({ title, ids, open, note, children }: LinkListProps): ReactNode {
  const [shown, setShown] = useState(shownAtFirst);
  if (ids.length === 0 && note === undefined) return null;
  return (
    <details className="inspector-section" open={open}>
      <summary>
        {title}
        <span className="numeric">{formatCount(ids.length)}</span>
      </summary>
      {note !== undefined && <p className="link-note">{note}</p>}
      {children}
      <ul className="links">
        {ids.slice(0, shown).map((id) => (
          <NodeLink key={id} id={id} />
        ))}
      </ul>
      {ids.length > shown && (
        <button type="button" className="button" onClick={() => setShown(shown * 4)}>
          Show more of {formatCount(ids.length - shown)}
        </button>
      )}
    </details>
  );
}

import { useState, type ReactNode } from "react";
import type { Inspection } from "../../model/wire.ts";
import { PathText } from "../files/file-row.tsx";
import { countOf, formatCount } from "../format/count.ts";
import { useRow } from "../live/use-live-view.ts";
import { useViews } from "../session-context.ts";
import { StatusIcon, statusWords } from "../status/status-icon.tsx";
import { useWorkbench } from "../workbench.ts";

/** What a node needs, what needs it, and what a change of it could reach; each name selects. */
export function NodeLinks({ inspection }: { readonly inspection: Inspection }): ReactNode {
  const { culprits, inputs, dependents, references, referencedBy, impact } = inspection;
  return (
    <>
      {culprits.length > 0 && <LinkList title="Held back by" ids={culprits} open />}
      <LinkList title="Needs" ids={inputs} open />
      <LinkList title="Needed by" ids={dependents} open />
      <LinkList title="Links to" ids={references} open={references.length <= 12} />
      <LinkList title="Linked from" ids={referencedBy} open={referencedBy.length <= 12} />
      <LinkList
        title="What would a change touch?"
        ids={impact}
        open={false}
        note={impact.length === 0 ? "Nothing else." : `${countOf(impact.length, "output")} could change.`}
      />
    </>
  );
}

const shownAtFirst = 50;

type LinkListProps = {
  readonly title: string;
  readonly ids: readonly string[];
  readonly open: boolean;
  readonly note?: string;
};

function LinkList({ title, ids, open, note }: LinkListProps): ReactNode {
  const [shown, setShown] = useState(shownAtFirst);
  if (ids.length === 0 && note === undefined) return null;
  return (
    <details className="inspector-section" open={open}>
      <summary>
        {title}
        <span className="numeric">{formatCount(ids.length)}</span>
      </summary>
      {note !== undefined && <p className="link-note">{note}</p>}
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

function NodeLink({ id }: { readonly id: string }): ReactNode {
  const row = useRow(useViews().node, id);
  const { act } = useWorkbench();
  return (
    <li>
      <button type="button" className="node-link" onClick={() => act({ type: "select", key: id })}>
        {row !== undefined && <StatusIcon status={row.status} />}
        {row !== undefined && <span className="visually-hidden">{statusWords[row.status]}: </span>}
        <PathText path={row?.label ?? id} />
      </button>
    </li>
  );
}

import { useEffect, useRef, type ReactNode } from "react";
import type { NodeRow } from "../../model/view-rows.ts";
import type { Inspection } from "../../model/wire.ts";
import { PathText } from "../files/file-row.tsx";
import { IconButton } from "../icons/icon-button.tsx";
import { useRow } from "../live/use-live-view.ts";
import { useViews } from "../session-context.ts";
import { StatusBadge } from "../status/status-icon.tsx";
import { NodeActions } from "./node-actions.tsx";
import { NodeFacts } from "./node-facts.tsx";
import { NodeLinks } from "./node-links.tsx";
import { NodePicture } from "./node-picture.tsx";
import { NodeProblems } from "./node-problems.tsx";
import { NodeRelations } from "./node-relations.tsx";
import { ShowReach } from "./show-reach.tsx";
import { useInspection } from "./use-inspection.ts";
import "./inspector.css";

type InspectorProps = { readonly id: string; readonly onClose: () => void };

/** Everything about one node: how it stands and why, what it needs, what needs it, and what it looks like. */
export function Inspector({ id, onClose }: InspectorProps): ReactNode {
  const row = useRow(useViews().node, id);
  const inspection = useInspection(id, row);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.scrollTo(0, 0);
  }, [id]);
  return (
    <aside className="inspector" aria-label="Inspector" tabIndex={-1} ref={panel}>
      <header className="inspector-head">
        <h2 title={row?.label ?? id}>
          <PathText path={row?.label ?? id} />
        </h2>
        <IconButton icon="close" words="Close inspector" title="Close (Esc)" onClick={onClose} />
      </header>
      {row === undefined ? (
        <p className="inspector-section">This file is no longer part of the project.</p>
      ) : (
        <Sections row={row} inspection={inspection} />
      )}
    </aside>
  );
}

type SectionsProps = { readonly row: NodeRow; readonly inspection: Inspection | undefined };

function Sections({ row, inspection }: SectionsProps): ReactNode {
  return (
    <>
      <section className="inspector-section inspector-why" aria-label="Status">
        <StatusBadge status={row.status} />
        <Causes row={row} inspection={inspection} />
        <NodeActions row={row} />
      </section>
      <NodePicture row={row} />
      <NodeProblems row={row} fault={inspection?.fault ?? null} />
      <NodeFacts row={row} />
      <NodeRelations id={row.key} />
      {inspection !== undefined && <NodeLinks inspection={inspection} />}
    </>
  );
}

function Causes({ row, inspection }: SectionsProps): ReactNode {
  const causes = inspection?.causes ?? [];
  const hasChain = inspection !== undefined && inspection.reasons.length + inspection.culprits.length > 1;
  return (
    <>
      {causes.length < 2 ? (
        row.cause !== "" && <p>{row.cause}</p>
      ) : (
        <ol className="causes" aria-label="Chain of causes">
          {causes.map((cause) => (
            <li key={cause}>{cause}</li>
          ))}
        </ol>
      )}
      {hasChain && <ShowReach of={row.key} what="why" words="Show why on the graph" />}
    </>
  );
}

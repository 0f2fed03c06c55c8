import { useEffect, useRef, type ReactNode } from "react";
import { asResourceId } from "../../model/ids.ts";
import type { NodeRow } from "../../model/view-rows.ts";
import type { Inspection } from "../../model/wire.ts";
import { PathText } from "../files/file-row.tsx";
import { IconButton } from "../icons/icon-button.tsx";
import { Icon, type IconName } from "../icons/icon.tsx";
import { useRow } from "../live/use-live-view.ts";
import { documentOf } from "../path/document-of.ts";
import { isActive, useLatestRun } from "../runs/latest-run.ts";
import { useSession, useViews } from "../session-context.ts";
import { StatusBadge } from "../status/status-icon.tsx";
import { useWorkbench } from "../workbench.ts";
import { NodeFacts } from "./node-facts.tsx";
import { NodeLinks } from "./node-links.tsx";
import { NodePicture } from "./node-picture.tsx";
import { NodeProblems } from "./node-problems.tsx";
import { NodeRelations } from "./node-relations.tsx";
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
  if (causes.length < 2) return row.cause === "" ? null : <p>{row.cause}</p>;
  return (
    <ol className="causes" aria-label="Chain of causes">
      {causes.map((cause) => (
        <li key={cause}>{cause}</li>
      ))}
    </ol>
  );
}

function NodeActions({ row }: { readonly row: NodeRow }): ReactNode {
  const session = useSession();
  const { act } = useWorkbench();
  const running = isActive(useLatestRun());
  const { sitePath } = row;
  const document = documentOf(useViews().node, row.key);
  const previewable = sitePath !== null && sitePath.endsWith(".html");
  return (
    <div className="inspector-actions">
      {previewable && (
        <NodeAction
          icon="watch"
          words="Open in preview"
          onTake={() => act({ type: "preview", path: sitePath })}
        />
      )}
      <NodeAction
        icon="rebuild"
        words="Rebuild what this needs"
        disabled={running}
        onTake={() => void session.build({ root: asResourceId(row.key) })}
      />
      <NodeAction
        icon="history"
        words="History"
        onTake={() => act({ type: "history", query: { documentId: row.key, search: "" } })}
      />
      {document !== undefined && (
        <NodeAction icon="path" words="Path to…" onTake={() => act({ type: "overlay", overlay: "path" })} />
      )}
      {row.kind === "document" && (
        <NodeAction
          icon="plus"
          words="Add child…"
          onTake={() => act({ type: "overlay", overlay: "add-child" })}
        />
      )}
    </div>
  );
}

type NodeActionProps = {
  readonly icon: IconName;
  readonly words: string;
  readonly disabled?: boolean;
  readonly onTake: () => void;
};

function NodeAction({ icon, words, disabled = false, onTake }: NodeActionProps): ReactNode {
  return (
    <button type="button" className="button" disabled={disabled} onClick={onTake}>
      <Icon name={icon} />
      {words}
    </button>
  );
}

import type { ReactNode } from "react";
import { asResourceId } from "../../model/ids.ts";
import { derivedKinds } from "../../model/resource.ts";
import type { NodeRow } from "../../model/view-rows.ts";
import { Icon, type IconName } from "../icons/icon.tsx";
import { documentOf } from "../path/document-of.ts";
import { isActive, useLatestRun } from "../runs/latest-run.ts";
import { useSession, useViews } from "../session-context.ts";
import { useWorkbench } from "../workbench.ts";

/** What can be done with a node. */
export function NodeActions({ row }: { readonly row: NodeRow }): ReactNode {
  const { act } = useWorkbench();
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
      {derivedKinds.some((kind) => kind === row.kind) && <BuildActions row={row} />}
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

/** Building a node that is made; a file of the folder is not. */
function BuildActions({ row }: { readonly row: NodeRow }): ReactNode {
  const session = useSession();
  const running = isActive(useLatestRun());
  const root = asResourceId(row.key);
  const isUnmade = row.status === "FAILED" || row.status === "POISONED";
  return (
    <>
      {isUnmade && (
        <NodeAction
          icon="reload"
          words="Retry"
          title="Tries again what failed of all that this needs"
          disabled={running}
          onTake={() => void session.build({ root, failed: "only" })}
        />
      )}
      <NodeAction
        icon="rebuild"
        words="Rebuild what this needs"
        title="Builds what has changed of it"
        disabled={running}
        onTake={() => void session.build({ root })}
      />
      <NodeAction
        icon="rebuild"
        words="Force"
        title="Builds this and all that it needs, whether it changed or not"
        disabled={running}
        onTake={() => void session.build({ root, force: true })}
      />
    </>
  );
}

type NodeActionProps = {
  readonly icon: IconName;
  readonly words: string;
  readonly title?: string;
  readonly disabled?: boolean;
  readonly onTake: () => void;
};

function NodeAction({ icon, words, title, disabled = false, onTake }: NodeActionProps): ReactNode {
  return (
    <button type="button" className="button" title={title} disabled={disabled} onClick={onTake}>
      <Icon name={icon} />
      {words}
    </button>
  );
}

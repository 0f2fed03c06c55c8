import type { ReactNode } from "react";
import { asResourceId } from "../../model/ids.ts";
import { filePathOf } from "../../model/resource.ts";
import { PathText } from "../files/file-row.tsx";
import { useRow } from "../live/use-live-view.ts";
import { useViews } from "../session-context.ts";
import { kindWords } from "../status/kind-words.ts";
import { StatusIcon, statusWords } from "../status/status-icon.tsx";
import { useWorkbench } from "../workbench.ts";

type NodeLinkProps = {
  readonly id: string;
  readonly note?: string;
  /** What else can be done with the line. */
  readonly children?: ReactNode;
};

/** The name of a node; it selects it. A file that is referred to and does not exist is named, and leads nowhere. */
export function NodeLink({ id, note, children }: NodeLinkProps): ReactNode {
  const row = useRow(useViews().node, id);
  const { act } = useWorkbench();
  const path = filePathOf(asResourceId(id));
  if (row === undefined && path !== undefined) {
    return (
      <MissingFile path={path} note={note}>
        {children}
      </MissingFile>
    );
  }
  const kind = row === undefined || path !== undefined ? "" : kindWords[row.kind];
  return (
    <li className="node-line">
      <button type="button" className="node-link" onClick={() => act({ type: "select", key: id })}>
        {row !== undefined && <StatusIcon status={row.status} />}
        {row !== undefined && <span className="visually-hidden">{statusWords[row.status]}: </span>}
        <PathText path={row?.label ?? id} />
        <Note words={note ?? kind} />
      </button>
      {children}
    </li>
  );
}

type MissingFileProps = {
  readonly path: string;
  readonly note: string | undefined;
  readonly children: ReactNode;
};

function MissingFile({ path, note, children }: MissingFileProps): ReactNode {
  return (
    <li className="node-line">
      <span className="node-link node-link-missing">
        <PathText path={path} />
        <Note words={note === undefined ? "not in the folder" : `${note}, not in the folder`} />
      </span>
      {children}
    </li>
  );
}

function Note({ words }: { readonly words: string }): ReactNode {
  return words === "" ? null : <span className="node-link-note">{words}</span>;
}

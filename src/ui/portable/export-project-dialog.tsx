import { useEffect, useState, type ReactNode } from "react";
import type { ProjectSummary } from "../../model/wire.ts";
import { Dialog } from "../dialog/dialog.tsx";
import { formatBytes } from "../format/bytes.ts";
import { countOf } from "../format/count.ts";
import { Icon } from "../icons/icon.tsx";
import { useSession } from "../session-context.ts";
import { useWorkbench } from "../workbench.ts";
import "./export-project-dialog.css";

/** Asks what a file of the whole project is to hold. */
export function ExportProjectDialog({ name }: { readonly name: string }): ReactNode {
  const session = useSession();
  const { act } = useWorkbench();
  const summary = useProjectSummary();
  const [withFiles, setWithFiles] = useState(true);
  const close = () => act({ type: "overlay", overlay: null });
  const save = () => {
    void session.exportProject(withFiles ? "everything" : "history");
    close();
  };
  return (
    <Dialog label="Export project" onClose={close}>
      <div className="dialog-body">
        <h2>Export “{name}”</h2>
        <p>
          One file with the project’s history, relations and settings. Another browser imports it as the same
          project, or merges it into the one that it has. The files of the folder are not in it.
        </p>
        <div className="export-choice">
          <input
            id="with-finished-files"
            type="checkbox"
            aria-describedby="with-finished-files-note"
            checked={withFiles}
            onChange={() => setWithFiles(!withFiles)}
          />
          <div>
            <label htmlFor="with-finished-files">With finished files</label>
            <p id="with-finished-files-note" className="export-note numeric">
              {filesWords(summary)}
            </p>
          </div>
        </div>
        <p className="export-note numeric">{historyWords(summary)}</p>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={close}>
            Cancel
          </button>
          <button type="button" className="button button-primary" onClick={save}>
            <Icon name="export" />
            Export
          </button>
        </div>
      </div>
    </Dialog>
  );
}

function useProjectSummary(): ProjectSummary | undefined {
  const session = useSession();
  const [summary, setSummary] = useState<ProjectSummary>();
  useEffect(() => {
    let isShown = true;
    void session.projectSummary().then((found) => {
      if (isShown) setSummary(found);
    });
    return () => {
      isShown = false;
    };
  }, [session]);
  return summary;
}

function filesWords(summary: ProjectSummary | undefined): string {
  if (summary === undefined) return "Counting…";
  const { artifacts, bytes } = summary;
  if (artifacts === 0) return "Nothing was built yet";
  return `${countOf(artifacts, "file")}, ${formatBytes(bytes)}: the preview works there at once, and nothing is built twice`;
}

function historyWords(summary: ProjectSummary | undefined): string {
  return summary === undefined ? "Counting…" : `History: ${countOf(summary.operations, "operation")}`;
}

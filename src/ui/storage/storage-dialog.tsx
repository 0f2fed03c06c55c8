import { useEffect, useState, type ReactNode } from "react";
import type { ArtifactTotal } from "../../model/artifact.ts";
import { derivedKinds } from "../../model/resource.ts";
import { sizesByKind, storedTotals, type KindSizeRow } from "../../session/app-queries.ts";
import type { StorageReport } from "../../session/contract.ts";
import { Dialog } from "../dialog/dialog.tsx";
import { formatBytes } from "../format/bytes.ts";
import { countOf } from "../format/count.ts";
import { Icon, type IconName } from "../icons/icon.tsx";
import { useOnlyRow, useRows } from "../live/use-live-view.ts";
import { useSession } from "../session-context.ts";
import { useWorkbench } from "../workbench.ts";
import "./storage-dialog.css";

/** The room that this browser gives, what is used of it, and how to keep it or to free some. */
export function StorageDialog(): ReactNode {
  const session = useSession();
  const { act } = useWorkbench();
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const report = useStorage(said);
  const close = () => act({ type: "overlay", overlay: null });
  const take = (work: Promise<string>) => {
    setBusy(true);
    setSaid("");
    void work.then((words) => {
      setSaid(words);
      setBusy(false);
    });
  };
  const keep = () => take(session.keepStorage().then(keptWords));
  const clean = () => take(session.collect().then(freedWords));
  return (
    <Dialog label="Storage" onClose={close}>
      <div className="dialog-body">
        <h2>Storage</h2>
        {report === undefined ? <p>Looking…</p> : <Facts report={report} />}
        <p className="storage-said" role="status">
          {said}
        </p>
        <div className="dialog-actions">
          {report?.isKept === false && <Act icon="lock" words="Keep it for good" busy={busy} onTake={keep} />}
          <Act icon="trash" words="Clean up" busy={busy} onTake={clean} />
          <button type="button" className="button button-primary" onClick={close}>
            Close
          </button>
        </div>
      </div>
    </Dialog>
  );
}

type ActProps = {
  readonly icon: IconName;
  readonly words: string;
  readonly busy: boolean;
  readonly onTake: () => void;
};

function Act({ icon, words, busy, onTake }: ActProps): ReactNode {
  return (
    <button type="button" className="button" disabled={busy} onClick={onTake}>
      <Icon name={icon} />
      {words}
    </button>
  );
}

function Facts({ report }: { readonly report: StorageReport }): ReactNode {
  const { usage, quota, isKept } = report;
  return (
    <>
      {usage !== null && quota !== null && (
        <div className="storage-room">
          <progress aria-label="Room used" max={Math.max(quota, 1)} value={usage} />
          <p className="numeric">
            {formatBytes(usage)} used of {formatBytes(quota)} that the browser gives
          </p>
        </div>
      )}
      <Sizes />
      <p>
        {isKept
          ? "The browser keeps all of it until you remove it."
          : "The browser may clear it when the disk runs full. Your folders are not touched by that; what was made from them would be built again."}
      </p>
    </>
  );
}

/** What the files take and what was made of them, kept true while a build goes on. */
function Sizes(): ReactNode {
  const session = useSession();
  const stored = useOnlyRow(session.view("stored for all projects", storedTotals));
  const kinds = useRows(session.view("sizes by kind", sizesByKind));
  if (stored === undefined && kinds.length === 0) return null;
  const made = kinds.filter(({ kind }) => derivedKinds.some((one) => one === kind));
  const pictures = kinds.filter(({ kind }) => kind === "image");
  const variants = kinds.filter(({ kind }) => kind === "variant");
  return (
    <ul className="storage-sizes numeric">
      <Size words="Files of this project" kinds={kinds.filter((row) => !made.includes(row))} />
      <Size words="Made from them" kinds={made} />
      <Size words="Its pictures" kinds={pictures} />
      <Size words="Its pictures in the sizes of screens" kinds={variants} />
      {stored !== undefined && (
        <li>
          Finished files of all projects: {countOf(stored.count, "file")}, {formatBytes(stored.bytes)}
        </li>
      )}
    </ul>
  );
}

function Size({
  words,
  kinds,
}: {
  readonly words: string;
  readonly kinds: readonly KindSizeRow[];
}): ReactNode {
  const count = kinds.reduce((sum, row) => sum + row.count, 0);
  const bytes = kinds.reduce((sum, row) => sum + (row.bytes ?? 0), 0);
  if (count === 0) return null;
  return (
    <li>
      {words}: {countOf(count, "file")}, {formatBytes(bytes)}
    </li>
  );
}

/** Asked again after each act, which may have changed it. */
function useStorage(after: string): StorageReport | undefined {
  const session = useSession();
  const [report, setReport] = useState<StorageReport>();
  useEffect(() => {
    let left = false;
    void session.storage().then((found) => {
      if (!left) setReport(found);
    });
    return () => void (left = true);
  }, [session, after]);
  return report;
}

function keptWords(isKept: boolean): string {
  return isKept
    ? "The browser keeps it now."
    : "The browser did not agree. It may after you have used Strata more, or installed it as an app.";
}

function freedWords(freed: ArtifactTotal | undefined): string {
  if (freed === undefined) return "The engine gave no answer.";
  if (freed.artifacts === 0) return "Nothing to free: every stored file is in use.";
  return `Freed ${formatBytes(freed.bytes)} in ${countOf(freed.artifacts, "file")}.`;
}

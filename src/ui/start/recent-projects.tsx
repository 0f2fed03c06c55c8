import { useState, type ReactNode } from "react";
import type { RecentProject } from "../../session/contract.ts";
import { Dialog } from "../dialog/dialog.tsx";
import { formatAgo } from "../format/time.ts";
import { IconButton } from "../icons/icon-button.tsx";
import { Icon, type IconName } from "../icons/icon.tsx";
import { useNow } from "../live/use-now.ts";
import { useSession } from "../session-context.ts";

/** Projects of earlier visits, the latest first: open or forget. */
export function RecentProjects({ recents }: { readonly recents: readonly RecentProject[] }): ReactNode {
  const [forgetting, setForgetting] = useState<RecentProject | null>(null);
  if (recents.length === 0) return null;
  const latestFirst = recents.toSorted((a, b) => b.openedAt - a.openedAt);
  return (
    <section className="recents" aria-labelledby="recents-title">
      <h2 id="recents-title">Recent projects</h2>
      <ul>
        {latestFirst.map((recent) => (
          <RecentItem key={recent.projectId} recent={recent} onForget={() => setForgetting(recent)} />
        ))}
      </ul>
      {forgetting !== null && <ForgetDialog recent={forgetting} onClose={() => setForgetting(null)} />}
    </section>
  );
}

const originIcons: Readonly<Record<RecentProject["origin"], IconName>> = {
  folder: "folder",
  copy: "zip",
  import: "import",
};

const originWords: Readonly<Record<RecentProject["origin"], string>> = {
  folder: "folder",
  copy: "copy in this browser",
  import: "imported, no folder yet",
};

type RecentItemProps = { readonly recent: RecentProject; readonly onForget: () => void };

function RecentItem({ recent, onForget }: RecentItemProps): ReactNode {
  const session = useSession();
  return (
    <li className="recent">
      <button type="button" className="recent-open" onClick={() => void session.openRecent(recent.projectId)}>
        <Icon name={originIcons[recent.origin]} />
        <span className="recent-name">{recent.name}</span>
        <span className="recent-note">
          {recent.needsPermission && (
            <span className="recent-permission">
              <Icon name="lock" size={13} />
              asks for permission
            </span>
          )}
          <span>{originWords[recent.origin]}</span>
          <span>{formatAgo(recent.openedAt, useNow())}</span>
        </span>
      </button>
      <IconButton icon="trash" words={`Forget ${recent.name}`} title="Forget" onClick={onForget} />
    </li>
  );
}

const forgetWords: Readonly<Record<RecentProject["origin"], string>> = {
  folder: "Everything made from it is removed from this browser. The folder itself is not touched.",
  copy: "Its files are kept in this browser alone. They, and everything made from them, will be removed.",
  import: "Its history and everything that came with it are removed from this browser.",
};

type ForgetDialogProps = { readonly recent: RecentProject; readonly onClose: () => void };

function ForgetDialog({ recent, onClose }: ForgetDialogProps): ReactNode {
  const session = useSession();
  return (
    <Dialog label={`Forget ${recent.name}?`} onClose={onClose}>
      <div className="dialog-body">
        <h2>Forget “{recent.name}”?</h2>
        <p>{forgetWords[recent.origin]}</p>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Keep it
          </button>
          <button
            type="button"
            className="button button-danger"
            onClick={() => {
              void session.forget(recent.projectId);
              onClose();
            }}
          >
            Forget it
          </button>
        </div>
      </div>
    </Dialog>
  );
}

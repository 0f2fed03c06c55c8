import type { ReactNode } from "react";
import type { Session } from "../../session/contract.ts";
import { IconButton } from "../icons/icon-button.tsx";
import { Icon } from "../icons/icon.tsx";
import { useSession, useSessionState } from "../session-context.ts";
import "./notices.css";

type Notice = ReturnType<Session["state"]>["notices"][number];

/** At most this many at a time; the rest wait behind them. */
const shownAtOnce = 4;

/** Faults that concern the person now, each with its remedy, until dismissed. */
export function Notices(): ReactNode {
  const session = useSession();
  const { notices } = useSessionState();
  const waiting = notices.length - shownAtOnce;
  return (
    <section className="notices" aria-label="Notices" aria-live="polite">
      {waiting > 0 && <p className="notices-waiting">and {waiting} earlier</p>}
      {notices.slice(-shownAtOnce).map((notice) => (
        <NoticeCard key={notice.id} notice={notice} onDismiss={() => session.dismiss(notice.id)} />
      ))}
    </section>
  );
}

type NoticeCardProps = { readonly notice: Notice; readonly onDismiss: () => void };

function NoticeCard({ notice, onDismiss }: NoticeCardProps): ReactNode {
  return (
    <div className="notice" data-severity={notice.severity}>
      <Icon name={notice.severity} />
      <div>
        <strong>{notice.message}</strong>
        {notice.remedy !== "" && <p>{notice.remedy}</p>}
      </div>
      <IconButton
        icon="close"
        iconSize={14}
        words={`Dismiss: ${notice.message}`}
        title="Dismiss"
        onClick={onDismiss}
      />
    </div>
  );
}

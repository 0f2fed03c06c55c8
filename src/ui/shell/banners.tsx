import type { ReactNode } from "react";
import type { SessionState } from "../../session/contract.ts";
import { formatCount } from "../format/count.ts";
import { Icon } from "../icons/icon.tsx";
import { useSession, useSessionState } from "../session-context.ts";
import "./banners.css";

/** What is true of the whole app for a while: a new version, another tab's lead, an export or import under way. */
export function Banners(): ReactNode {
  const state = useSessionState();
  return (
    <section className="banners" aria-label="State of the app">
      {state.updateReady && <UpdateBanner />}
      {state.role === "follower" && (
        <p className="banner" role="status">
          <Icon name="info" />
          Another tab builds; this one follows.
        </p>
      )}
      {state.exporting !== null && <ExportBanner exporting={state.exporting} />}
      {state.transfer !== null && <TransferBanner transfer={state.transfer} />}
    </section>
  );
}

function UpdateBanner(): ReactNode {
  const session = useSession();
  return (
    <div className="banner" role="status">
      <Icon name="info" />
      <span>A new version of Strata is ready.</span>
      <button type="button" className="button" onClick={() => void session.applyUpdate()}>
        Update now
      </button>
    </div>
  );
}

function ExportBanner({
  exporting,
}: {
  readonly exporting: NonNullable<SessionState["exporting"]>;
}): ReactNode {
  const { done, total, to } = exporting;
  return (
    <div className="banner">
      <Icon name="export" />
      <span>{to === "zip" ? "Packing a ZIP file" : "Writing to the folder"}</span>
      <progress aria-label="Export progress" max={Math.max(total, 1)} value={done} />
      <span className="numeric">
        {formatCount(done)} / {formatCount(total)}
      </span>
    </div>
  );
}

function TransferBanner({
  transfer,
}: {
  readonly transfer: NonNullable<SessionState["transfer"]>;
}): ReactNode {
  const session = useSession();
  const { direction, name, done, total } = transfer;
  const share = total === 0 ? 1 : done / total;
  return (
    <div className="banner">
      <Icon name={direction} />
      <span className="banner-name">
        {direction === "export" ? `Exporting ${name}` : `Importing ${name}`}
      </span>
      <progress aria-label={`Progress of the ${direction}`} max={1} value={share} />
      <span className="numeric">{Math.floor(share * 100)}%</span>
      <button type="button" className="button" onClick={() => session.cancelTransfer()}>
        Cancel
      </button>
    </div>
  );
}

import { useState, type ReactNode } from "react";
import { compareNames } from "../../base/byte-order.ts";
import { sitePages, type SitePageRow } from "../../session/app-queries.ts";
import type { LiveView } from "../../session/contract.ts";
import { IconButton } from "../icons/icon-button.tsx";
import { Icon, type IconName } from "../icons/icon.tsx";
import { useDerived } from "../live/use-live-view.ts";
import { useSession } from "../session-context.ts";
import { useWorkbench } from "../workbench.ts";
import { PageChooser } from "./page-chooser.tsx";
import { noHistory, pageAt, visit } from "./page-history.ts";
import { usePreviewFrame } from "./use-preview-frame.ts";
import "./preview-panel.css";

type Device = "phone" | "tablet" | "full";

/** The finished site, page by page, as a reader would see it. */
export function PreviewPanel(): ReactNode {
  const { state } = useWorkbench();
  const session = useSession();
  const pages = useDerived(session.view("pages of the site", sitePages), listPages);
  const path = state.previewPath ?? firstPage(pages);
  if (session.previewUrl("index.html") === null) return <NoServiceWorker />;
  if (path === undefined) {
    return (
      <div className="empty">
        <strong>No pages yet</strong>
        <p>The first page appears here as soon as a build has made one.</p>
      </div>
    );
  }
  return <Preview path={path} pages={pages} />;
}

function Preview({ path, pages }: { readonly path: string; readonly pages: readonly string[] }): ReactNode {
  const session = useSession();
  const { act } = useWorkbench();
  const [device, setDevice] = useState<Device>("full");
  const [past, setPast] = useState(noHistory);
  const history = visit(past, path);
  if (history !== past) setPast(history);
  const go = (page: string | undefined) => {
    if (page !== undefined) act({ type: "preview", path: page });
  };
  const { frame, onLoad, reload } = usePreviewFrame(path, go);
  const back = pageAt(history, -1);
  const forward = pageAt(history, 1);
  return (
    <div className="preview">
      <div className="preview-tools">
        <IconButton icon="back" words="Back" disabled={back === undefined} onClick={() => go(back)} />
        <IconButton
          icon="forward"
          words="Forward"
          disabled={forward === undefined}
          onClick={() => go(forward)}
        />
        <IconButton icon="reload" words="Load again" onClick={reload} />
        <PageChooser path={path} pages={pages} onChoose={go} />
        <DeviceChoice device={device} onDevice={setDevice} />
        <a
          className="button button-plain button-icon"
          href={session.previewUrl(path) ?? undefined}
          target="_blank"
          rel="noopener noreferrer"
          aria-label="Open in a new tab"
          title="Open in a new tab"
        >
          <Icon name="open" />
        </a>
      </div>
      <div className="preview-stage" data-device={device}>
        <iframe
          ref={frame}
          title="Preview of the site"
          sandbox="allow-same-origin allow-popups"
          onLoad={onLoad}
        />
      </div>
    </div>
  );
}

function listPages(view: LiveView<SitePageRow>): readonly string[] {
  return [...view.rows()].flatMap(({ sitePath }) => sitePath ?? []).sort(compareNames);
}

function firstPage(pages: readonly string[]): string | undefined {
  return pages.find((page) => page === "index.html") ?? pages[0];
}

const devices: readonly (readonly [Device, IconName, string])[] = [
  ["phone", "phone", "Width of a phone"],
  ["tablet", "tablet", "Width of a tablet"],
  ["full", "screen", "Full width"],
];

type DeviceChoiceProps = { readonly device: Device; readonly onDevice: (device: Device) => void };

function DeviceChoice({ device, onDevice }: DeviceChoiceProps): ReactNode {
  return (
    <div className="preview-devices" role="group" aria-label="Width of the preview">
      {devices.map(([name, icon, words]) => (
        <IconButton
          key={name}
          icon={icon}
          words={words}
          aria-pressed={name === device}
          onClick={() => onDevice(name)}
        />
      ))}
    </div>
  );
}

function NoServiceWorker(): ReactNode {
  return (
    <div className="empty">
      <strong>The preview needs a service worker</strong>
      <p>
        This browser, or this window, does not let Strata install one (private windows often do not).
        Everything else works: export the site to a folder or as a ZIP file to look at it.
      </p>
    </div>
  );
}

import { useState, type ReactNode } from "react";
import type { SessionState } from "../../session/contract.ts";
import { countOf } from "../format/count.ts";
import { Icon } from "../icons/icon.tsx";
import { Logo } from "../icons/logo.tsx";
import { useSession, useSessionState } from "../session-context.ts";
import { ThemeToggle } from "../theme/theme-toggle.tsx";
import { FileInputs } from "./file-inputs.tsx";
import { RecentProjects } from "./recent-projects.tsx";
import "./start-screen.css";

/** What the person sees before a project is open. */
export function StartScreen({ dragging }: { readonly dragging: boolean }): ReactNode {
  const state = useSessionState();
  return (
    <div className="start">
      <header className="start-top">
        <ThemeToggle />
      </header>
      <main className="start-main">
        <div className="start-brand">
          <Logo size={52} />
          <h1>Strata</h1>
        </div>
        <p className="start-claim">
          A build system for folders of documents: drop one, get a finished website, and after every change
          only what the change touches is built again.
        </p>
        <DropZone dragging={dragging} intake={state.intake} starting={state.role === "starting"} />
        <RecentProjects recents={state.recents} />
      </main>
      <StartFooter state={state} />
    </div>
  );
}

type DropZoneProps = {
  readonly dragging: boolean;
  readonly intake: SessionState["intake"];
  readonly starting: boolean;
};

function DropZone({ dragging, intake, starting }: DropZoneProps): ReactNode {
  const session = useSession();
  const [openedInput, setOpenedInput] = useState(0);
  return (
    <section className="drop-zone" data-dragging={dragging} aria-label="Open a project">
      {intake === null ? (
        <p className="drop-zone-words">
          <strong>{dragging ? "Let go to open it" : "Drop a folder or a ZIP anywhere in this window"}</strong>
          <span>
            Markdown, HTML and images, or a project that Strata exported. Your files are only ever read.
          </span>
        </p>
      ) : (
        <IntakeProgress intake={intake} />
      )}
      <div className="drop-zone-actions" key={openedInput}>
        <FileInputs onTaken={() => setOpenedInput((count) => count + 1)} />
        <button
          type="button"
          className="button"
          disabled={starting || intake !== null}
          onClick={() => void session.openSample()}
        >
          <Icon name="sample" />
          Try the sample
        </button>
      </div>
    </section>
  );
}

function IntakeProgress({ intake }: { readonly intake: NonNullable<SessionState["intake"]> }): ReactNode {
  return (
    <p className="drop-zone-words" role="status">
      <strong>Reading {intake.name}</strong>
      <span className="numeric">{countOf(intake.found, "file")} found so far</span>
    </p>
  );
}

function StartFooter({ state }: { readonly state: SessionState }): ReactNode {
  return (
    <footer className="start-foot">
      <span>
        <Icon name="shield" size={14} />
        Nothing is uploaded: everything happens in this browser.
      </span>
      <span>
        <Icon name={state.offlineReady ? "check" : "info"} size={14} />
        {offlineWords(state)}
      </span>
    </footer>
  );
}

function offlineWords(state: SessionState): string {
  if (!state.offlineReady) return "Not yet ready to work without a network.";
  return state.online ? "Ready to work offline." : "You are offline, and all of it still works.";
}

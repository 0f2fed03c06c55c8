import type { ReactNode } from "react";
import type { OpenProject } from "../../session/contract.ts";
import { Menu, type MenuItem } from "../dialog/menu.tsx";
import { IconButton } from "../icons/icon-button.tsx";
import { Icon } from "../icons/icon.tsx";
import { Logo } from "../icons/logo.tsx";
import { ChooseFolder } from "../portable/choose-folder.tsx";
import { isActive, useLatestRun } from "../runs/latest-run.ts";
import { useHasFailures } from "../runs/use-failures.ts";
import { useSession, useSessionState } from "../session-context.ts";
import { ThemeToggle } from "../theme/theme-toggle.tsx";
import { useWorkbench } from "../workbench.ts";
import { RunStatus } from "./run-status.tsx";
import "./top-bar.css";

/** The bar over an open project: its name, the state of the build, and what can be done with the whole of it. */
export function TopBar({ project }: { readonly project: OpenProject }): ReactNode {
  return (
    <header className="top-bar">
      <ProjectName project={project} />
      <RunStatus />
      <BarActions />
    </header>
  );
}

function ProjectName({ project }: { readonly project: OpenProject }): ReactNode {
  const { threads, online } = useSessionState();
  return (
    <div className="top-project">
      <Logo size={24} />
      <h1 title={project.name}>{project.name}</h1>
      {project.watching && (
        <span className="badge" title="Changes in the folder are noticed by themselves">
          <Icon name="watch" size={13} />
          <span>watching</span>
        </span>
      )}
      {project.origin === "import" && (
        <span
          className="badge"
          title="It was imported: its history, relations and finished files are here, its own files are not"
        >
          <Icon name="import" size={13} />
          <span>no folder yet</span>
        </span>
      )}
      {threads === "single" && (
        <span
          className="badge"
          title="Builds run in the page itself, without workers: slower, with the same result"
        >
          one thread
        </span>
      )}
      {!online && (
        <span className="badge" title="There is no network; everything but remote files still works">
          <Icon name="offline" size={13} />
          <span>offline</span>
        </span>
      )}
    </div>
  );
}

function BarActions(): ReactNode {
  const session = useSession();
  const running = isActive(useLatestRun());
  const { project } = useSessionState();
  const { act } = useWorkbench();
  return (
    <div className="top-actions">
      {project?.origin === "import" ? (
        <ChooseFolder />
      ) : (
        <>
          <button
            type="button"
            className="button button-primary"
            disabled={running}
            onClick={() => void session.build()}
          >
            <Icon name="build" />
            <span>Build</span>
          </button>
          <IconButton
            icon="plan"
            words="Dry run"
            title="Show what a build would do"
            disabled={running}
            onClick={() => act({ type: "overlay", overlay: "plan" })}
          />
        </>
      )}
      <ExportMenu />
      <MoreMenu running={running} />
      <ThemeToggle />
      <IconButton icon="close" words="Close project" onClick={() => void session.closeProject()} />
    </div>
  );
}

function ExportMenu(): ReactNode {
  const session = useSession();
  const { act } = useWorkbench();
  const { exporting, transfer } = useSessionState();
  const disabled = exporting !== null;
  const items: readonly MenuItem[] = [
    { label: "To a folder…", icon: "folder", disabled, run: () => void session.exportToFolder() },
    { label: "As a ZIP file", icon: "zip", disabled, run: () => void session.exportAsZip() },
    {
      label: "The whole project…",
      icon: "export",
      disabled: transfer !== null,
      run: () => act({ type: "overlay", overlay: "export-project" }),
    },
  ];
  return <Menu label="Export" icon="export" labelShown items={items} />;
}

function MoreMenu({ running }: { readonly running: boolean }): ReactNode {
  const session = useSession();
  const { transfer, project } = useSessionState();
  const { act } = useWorkbench();
  const canRetry = useHasFailures();
  const items: readonly MenuItem[] = [
    {
      label: "Retry what failed",
      icon: "reload",
      disabled: running || !canRetry || project?.origin === "import",
      run: () => void session.build({ failed: "only" }),
    },
    {
      label: "Rebuild all",
      icon: "rebuild",
      disabled: running || project?.origin === "import",
      run: () => void session.build({ force: true }),
    },
    {
      label: "Merge a project file…",
      icon: "import",
      disabled: transfer !== null,
      run: () => void session.mergeProject(),
    },
    { label: "Storage…", icon: "zip", run: () => act({ type: "overlay", overlay: "storage" }) },
    { label: "Commands…", icon: "search", run: () => act({ type: "overlay", overlay: "palette" }) },
    { label: "Keyboard help", icon: "help", run: () => act({ type: "overlay", overlay: "keys" }) },
  ];
  return <Menu label="More" icon="more" labelShown={false} items={items} />;
}

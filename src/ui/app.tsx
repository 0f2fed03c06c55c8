import type { ReactNode } from "react";
import type { Session } from "../session/contract.ts";
import { SessionProvider, useSession, useSessionState } from "./session-context.ts";
import { Banners } from "./shell/banners.tsx";
import { Notices } from "./shell/notices.tsx";
import { ProjectScreen } from "./shell/project-screen.tsx";
import { StartScreen } from "./start/start-screen.tsx";
import { useFileDrop } from "./start/use-file-drop.ts";
import "./theme/tokens.css";
import "./theme/base.css";
import "./app.css";

/** The whole page over one session. */
export function App({ session }: { readonly session: Session }): ReactNode {
  return (
    <SessionProvider value={session}>
      <Screens />
    </SessionProvider>
  );
}

function Screens(): ReactNode {
  const session = useSession();
  const { project } = useSessionState();
  const dragging = useFileDrop((transfer) => void session.openDropped(transfer));
  return (
    <div className="app">
      <Banners />
      <div className="app-screen">
        {project === null ? (
          <StartScreen dragging={dragging} />
        ) : (
          <ProjectScreen key={project.projectId} project={project} />
        )}
      </div>
      {dragging && project !== null && <div className="drop-veil">Drop to open it as a project</div>}
      <Notices />
    </div>
  );
}

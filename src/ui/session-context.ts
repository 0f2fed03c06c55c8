import { createContext, use, useCallback, useSyncExternalStore } from "react";
import { invariant } from "../base/invariant.ts";
import type { LiveViews, Session, SessionState } from "../session/contract.ts";

const SessionContext = createContext<Session | null>(null);

/** Gives the session to everything below. */
export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = use(SessionContext);
  invariant(session !== null, "every screen stands inside a SessionProvider");
  return session;
}

export function useViews(): LiveViews {
  return useSession().views;
}

/** What the page shows beside the views; renders again when any of it changes. */
export function useSessionState(): SessionState {
  const session = useSession();
  const subscribe = useCallback((listener: () => void) => session.subscribe(listener), [session]);
  return useSyncExternalStore(subscribe, () => session.state());
}

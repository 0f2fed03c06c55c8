import { Component, type ReactNode } from "react";

type Crash = { readonly message: string | null };

/** Catches what breaks while rendering, so that the person sees words and a way on, never a blank page. */
export class CrashBoundary extends Component<{ readonly children: ReactNode }, Crash> {
  override state: Crash = { message: null };

  static getDerivedStateFromError(error: unknown): Crash {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    return message === null ? this.props.children : <CrashScreen message={message} />;
  }
}

/** Says that Strata could not go on, and offers to load it again. */
export function CrashScreen({ message }: { readonly message: string }): ReactNode {
  return (
    <main className="empty" role="alert">
      <strong>Strata could not go on.</strong>
      <p>Your folder is untouched, and what was built so far is kept. Load the page again to continue.</p>
      <p>
        <code>{message}</code>
      </p>
      <button type="button" className="button button-primary" onClick={() => location.reload()}>
        Load again
      </button>
    </main>
  );
}

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { invariant } from "./base/invariant.ts";
import { openSession } from "./session/open-session.ts";
import { App } from "./ui/app.tsx";
import { CrashBoundary, CrashScreen } from "./ui/crash-screen.tsx";
import { startTheme } from "./ui/theme/theme.ts";

const place = document.querySelector("#app");
invariant(place !== null, "index.html has an element #app");
const root = createRoot(place);
startTheme();

try {
  const session = await openSession();
  // The console, the end-to-end tests and the benchmarks use the same interface as the page.
  Object.assign(globalThis, { strata: session });
  root.render(
    <StrictMode>
      <CrashBoundary>
        <App session={session} />
      </CrashBoundary>
    </StrictMode>,
  );
} catch (error) {
  root.render(<CrashScreen message={error instanceof Error ? error.message : String(error)} />);
}

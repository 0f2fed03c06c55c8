import { render } from "vitest-browser-react";
import { page } from "vitest/browser";
import { App } from "../app.tsx";
import { fakeProject, fakeSession, type FakeSession } from "./fake-session.ts";

type FakeContent = NonNullable<Parameters<typeof fakeSession>[0]>;
type Size = { readonly width: number; readonly height: number };

/** Renders the whole app over a fake session, as `index.html` would place it. */
export async function renderApp(
  content: FakeContent,
  size: Size = { width: 1280, height: 800 },
): Promise<FakeSession> {
  await page.viewport(size.width, size.height);
  document.documentElement.dataset["theme"] ??= "light";
  const session = fakeSession(content);
  await render(<App session={session} />);
  return session;
}

/** The same with a project open. */
export async function renderProject(content: FakeContent = {}, size?: Size): Promise<FakeSession> {
  return renderApp({ ...content, state: { project: fakeProject, ...content.state } }, size);
}

/** Shows a tab by its visible name. */
export async function openTab(name: string): Promise<void> {
  await page.getByRole("tab", { name }).click();
}

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { from } from "../circuit/query.ts";
import { ViewHub } from "../host/view-hub.ts";
import { asProjectId } from "../model/ids.ts";
import type { ProblemRow } from "../model/view-rows.ts";
import type { Command, CommandOf, CommandType, Replies, Reply } from "../model/wire.ts";
import * as queries from "./app-queries.ts";
import { AskedViews } from "./asked-views.ts";
import { LiveViewSet } from "./live-view.ts";
import { ProjectUse } from "./project-use.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const [first, second] = [asProjectId("first"), asProjectId("second")];

const problem = (key: string, severity: ProblemRow["severity"]): ProblemRow => ({
  key,
  severity,
  ...{ code: "x", path: "a.md", line: 1, message: "m", remedy: "r" },
});

const bySeverity = () =>
  from<ProblemRow>("problem").groupBy(["severity"], ({ count }) => ({ count: count() }));

/** A page and its engine, without the threads between them. */
class Page {
  hub = new ViewHub();
  readonly asked: AskedViews;
  readonly views: LiveViewSet;
  readonly commands: Command["type"][] = [];
  readonly faults: string[] = [];

  constructor() {
    const schedule = (callback: () => void) => callback();
    this.asked = new AskedViews({
      schedule,
      command: (command) => this.#carryOut(command),
      notify: ({ code }) => this.faults.push(code),
    });
    this.views = new LiveViewSet(schedule, (delta) => this.asked.apply(delta));
    this.#listen();
  }

  show(projectId: typeof first): void {
    this.asked.forget();
    this.views.show(projectId);
    this.asked.meet(projectId);
    this.hub.flush();
  }

  /** Another engine, which knows the same rows and no view. */
  restart(projectId: typeof first, rows: readonly ProblemRow[]): void {
    this.hub = new ViewHub();
    this.#listen();
    this.put(projectId, ...rows);
    this.asked.meet(projectId);
    this.hub.flush();
  }

  put(projectId: typeof first, ...upserts: readonly ProblemRow[]): void {
    this.hub.change(projectId, "problem", { upserts });
    this.hub.flush();
  }

  #listen(): void {
    this.hub.subscribe(({ deltas }) => void this.views.apply(deltas));
  }

  async #carryOut<T extends CommandType>(of: CommandOf<T>): Promise<Reply<T>> {
    const command: Command = of;
    this.commands.push(command.type);
    if (command.type === "unregister-view") this.hub.unregister(command.projectId, command.view);
    if (command.type !== "register-view") return { ok: true, value: {} as Replies[T] };
    const fault = this.hub.register(command.projectId, command.view, command.definition);
    return fault === null ? { ok: true, value: {} as Replies[T] } : { ok: false, fault };
  }
}

it("[N30] asks for a view while someone listens, and is told what the engine's holds", () => {
  const page = new Page();
  page.show(first);
  page.put(first, problem("a", "error"));
  const view = page.asked.view("counts", bySeverity());
  expect(page.asked.view("counts", bySeverity())).toBe(view);
  expect(page.asked.view("counts", bySeverity(), { frequency: "normal" })).not.toBe(view);
  let heard = 0;
  expect(page.commands).toEqual([]);
  const leave = view.subscribe(() => heard++);
  const leaveToo = view.subscribe(() => {});
  page.hub.flush();
  expect([...view.rows()]).toEqual([{ key: '["error"]', severity: "error", count: 1 }]);
  page.put(first, problem("b", "error"));
  expect(view.get('["error"]')?.count).toBe(2);
  expect(heard).toBe(2);
  leave();
  leave();
  leaveToo();
  const leaveAgain = view.subscribe(() => {});
  vi.advanceTimersByTime(10_000);
  expect(page.commands).toEqual(["register-view"]);
  leaveAgain();
  vi.advanceTimersByTime(1000);
  expect(view.size()).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(page.commands).toEqual(["register-view", "unregister-view"]);
  page.put(first, problem("c", "error"));
  expect(view.size()).toBe(0);
});

it("[N30] asks again for another project and of another engine, and mixes none", () => {
  const page = new Page();
  const view = page.asked.view("counts", bySeverity());
  view.subscribe(() => {});
  expect(page.commands).toEqual([]);
  page.put(first, problem("a", "error"));
  page.put(second, problem("a", "info"), problem("b", "info"));
  page.show(first);
  expect([...view.rows()].map(({ severity, count }) => [severity, count])).toEqual([["error", 1]]);
  page.show(second);
  expect([...view.rows()].map(({ severity, count }) => [severity, count])).toEqual([["info", 2]]);
  page.put(first, problem("z", "warning"));
  expect(view.size()).toBe(1);
  page.restart(second, [problem("a", "error")]);
  expect([...view.rows()].map(({ severity, count }) => [severity, count])).toEqual([["error", 1]]);
  page.views.show(null);
  page.asked.forget();
  expect(view.size()).toBe(0);
});

it("[N30] tells of a view that the engine refuses", async () => {
  const page = new Page();
  page.show(first);
  page.asked.view("pages", from<ProblemRow>("page")).subscribe(() => {});
  await vi.waitFor(() => expect(page.faults).toEqual(["unknown-table"]));
});

it.each(Object.entries(queries))(
  "[N30] asks for nothing that the engine's tables lack: %s",
  (label, { plan }) => {
    const definition = { plan, parameters: {}, frequency: "realtime" } as const;
    expect(new ViewHub().register(first, `view:${label}`, definition)).toBeNull();
  },
);

it("[N31] ends a project or a view with the last tab that uses it", () => {
  const use = new ProjectUse();
  for (const tab of ["a", "b"]) {
    use.open(first, tab);
    use.openView(first, "view:v", tab);
  }
  expect(use.closeView(first, "view:v", "a")).toBe(false);
  expect(use.closeView(first, "view:v", "a")).toBe(false);
  expect(use.closeView(first, "view:v", "b")).toBe(true);
  use.openView(first, "view:v", "a");
  use.openView(first, "view:v", "b");
  expect(use.close(first, "a")).toBe(false);
  expect(use.closeView(first, "view:v", "b")).toBe(true);
  expect(use.close(first, "b")).toBe(true);
  expect(use.close(second, "b")).toBe(true);
});

it("[N32] gives the views that only an ended tab looked at, once, and counts it as no user any more", () => {
  const use = new ProjectUse();
  for (const tab of ["a", "b"]) {
    use.open(first, tab);
    use.openView(first, "view:both", tab);
    use.openView(first, `view:${tab}`, tab);
  }
  use.open(second, "a");
  use.openView(second, "view:a", "a");
  use.openView(second, "view:a", "b");
  use.openView(second, "view:c", "a");
  expect(use.end("a")).toEqual([
    { projectId: first, view: "view:a" },
    { projectId: second, view: "view:c" },
  ]);
  expect(use.end("a")).toEqual([]);
  expect(use.closeView(second, "view:a", "c")).toBe(false);
  expect(use.closeView(first, "view:both", "b")).toBe(true);
  expect(use.close(first, "b")).toBe(true);
});

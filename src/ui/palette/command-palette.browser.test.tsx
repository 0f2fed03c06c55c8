import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { renderProject } from "../testing/render-app.tsx";
import { sampleInspections, sampleNodes, sampleRuns } from "../testing/sample-rows.ts";

describe("command palette", () => {
  it("opens on Ctrl+K, finds a command, and runs it on Enter", async () => {
    const session = await renderProject({ nodes: sampleNodes() });
    await userEvent.keyboard("{Control>}k{/Control}");
    await expect.element(page.getByRole("combobox", { name: "Command or file" })).toHaveFocus();
    await userEvent.keyboard("export zip{Enter}");
    expect(session.calls).toEqual(["exportAsZip"]);
    await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  });

  it("finds a file by letters in order and shows it in the inspector", async () => {
    await renderProject({ nodes: sampleNodes() });
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.keyboard("getstarmd");
    await expect.element(page.getByRole("option", { name: /getting-started\.md/ })).toBeVisible();
    await userEvent.keyboard("{Enter}");
    const inspector = page.getByRole("complementary", { name: "Inspector" });
    await expect.element(inspector.getByRole("heading", { name: "guide/getting-started.md" })).toBeVisible();
  });

  it("moves with the arrow keys, round at the ends, and closes on Escape", async () => {
    await renderProject({});
    await userEvent.keyboard("{Control>}k{/Control}");
    const box = page.getByRole("combobox", { name: "Command or file" });
    await userEvent.keyboard("go to");
    await expect.poll(() => document.querySelectorAll('[role="option"]').length).toBe(7);
    await userEvent.keyboard("{ArrowUp}");
    await expect.element(box).toHaveAttribute("aria-activedescendant", "palette-option-6");
    await userEvent.keyboard("{ArrowDown}");
    await expect.element(box).toHaveAttribute("aria-activedescendant", "palette-option-0");
    await userEvent.keyboard("{Escape}");
    await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  });

  it("takes on Enter what was typed, also before the list shows it", async () => {
    const session = await renderProject({ nodes: sampleNodes() });
    await userEvent.keyboard("{Control>}k{/Control}");
    const box = page.getByRole("combobox", { name: "Command or file" });
    await expect.element(box).toHaveFocus();
    const input = box.element() as HTMLInputElement;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
    set?.call(input, "export zip");
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    // In the same task: no render of the deferred list can come between.
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    expect(session.calls).toEqual(["exportAsZip"]);
  });

  it("builds, forces and shows the reach of the node that is selected, and tries again what failed", async () => {
    const session = await renderProject({ nodes: sampleNodes(), inspections: sampleInspections() });
    const take = async (words: string) => {
      await userEvent.keyboard("{Control>}k{/Control}");
      await userEvent.keyboard(`${words}{Enter}`);
      await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
    };
    await take("index.html");
    await take("rebuild what index");
    await take("force index");
    await take("retry what");
    expect(session.calls).toEqual([
      'build {"root":"page:index.md"}',
      'build {"root":"page:index.md","force":true}',
      'build {"failed":"only"}',
    ]);
    await take("show why");
    await expect.element(page.getByRole("region", { name: "Reach" })).toHaveFocus();
    session.views.run.change(sampleRuns(Date.now()));
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.keyboard("force");
    await expect.element(page.getByRole("option", { name: /^Force/u })).not.toBeInTheDocument();
  });

  it("offers no retry where nothing failed", async () => {
    await renderProject({ nodes: sampleNodes().filter(({ status }) => status !== "FAILED") });
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.keyboard("retry");
    await expect.element(page.getByRole("option", { name: /^Retry/u })).not.toBeInTheDocument();
  });

  it("asks for both ends of a path", async () => {
    await renderProject({ nodes: sampleNodes() });
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.keyboard("path between{Enter}");
    await expect.element(page.getByRole("combobox", { name: "Path from which document?" })).toHaveFocus();
  });

  it("offers to cancel while a run goes on, and to build otherwise", async () => {
    const session = await renderProject({ runs: sampleRuns(Date.now()) });
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.keyboard("cancel the{Enter}");
    expect(session.calls).toEqual(["cancel"]);
  });
});

import { describe, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { HistoryEvent, HistoryRow } from "../../model/history.ts";
import { longHistory, operation, put, related, sampleHistory } from "../testing/sample-history.ts";
import { openTab, renderProject } from "../testing/render-app.tsx";
import { run, sampleNodes } from "../testing/sample-rows.ts";

const shown = () => [...document.querySelectorAll(".history-row")].map((row) => row.textContent ?? "");
const days = () => [...document.querySelectorAll(".history-day")].map((row) => row.textContent);
const scroller = () => document.querySelector(".history-scroller")!;
const count = () => document.querySelector(".history-count")?.textContent;

/** Where the row of an operation stands on the screen, in pixels. */
const topOf = (words: string) =>
  [...document.querySelectorAll(".history-row")]
    .find((row) => row.textContent?.includes(words))
    ?.getBoundingClientRect().top;

/** For what takes many steps. */
const patient = { timeout: 10_000 };

describe("history", () => {
  it("lists the operations under their days, the newest first, and says what each did", async () => {
    await renderProject({ history: sampleHistory(Date.now()) });
    await openTab("History");
    await expect.poll(count).toBe("10 operations");
    expect(days().slice(0, 2)).toEqual(["Today", "Yesterday"]);
    const words = (path: string) =>
      shown()
        .filter((text) => text.includes(path))
        .join("\n");
    expect(words("writing/images.md")).toContain("changed (4,724 bytes)");
    expect(words("draft.md")).toContain("skips 4 operations");
    expect(words("draft.md")).toContain("skipped later");
    expect(words("embeds-and-sections.md")).toContain(
      "added: references notes/2026-11-10.md, references notes/2026-11-11.md, references notes/2026-11-12.md and 40 more",
    );
    expect(words("team.jpg")).toContain("could not be read");
    await expect.element(page.getByText("Here the log begins.")).toBeVisible();
  });

  it("opens the details of a row by mouse and keyboard, and moves with the arrow keys", async () => {
    await renderProject({ history: sampleHistory(Date.now()), nodes: sampleNodes() });
    await openTab("History");
    const row = page.getByRole("button", { name: /embeds-and-sections\.md added:/u });
    await row.click();
    await expect.element(row).toHaveAttribute("aria-expanded", "true");
    await expect.element(page.getByText("scope document, branch main, index 0")).toBeVisible();
    await expect.element(page.getByText("and 31 more", { exact: true })).toBeVisible();
    await row.click();
    await expect.element(page.getByText("scope document, branch main, index 0")).not.toBeInTheDocument();
    await userEvent.keyboard("{ArrowDown}{Enter}");
    await expect.element(page.getByText("The image ends in the middle of its data.")).toBeVisible();
    await page.getByRole("button", { name: "Inspect" }).click();
    const inspector = page.getByRole("complementary", { name: "Inspector" });
    await expect.element(inspector.getByRole("heading", { name: "images/team.jpg" })).toBeVisible();
  });

  it("searches, says when nothing matches, and limits itself to one document", async () => {
    await renderProject({ history: sampleHistory(Date.now()) });
    await openTab("History");
    const search = page.getByRole("searchbox", { name: "Search the history" });
    await search.fill("DRAFT");
    await expect.poll(count).toBe("2 operations");
    await search.fill("100%");
    await expect.element(page.getByText("No operation matches “100%”")).toBeVisible();
    await page.getByRole("button", { name: "Clear the search" }).click();
    await expect.poll(count).toBe("10 operations");
    await page.getByRole("button", { name: /old\.png deleted$/u }).click();
    await page.getByRole("button", { name: "Only this document" }).click();
    await expect.poll(count).toBe("2 operations");
    await search.fill("nowhere");
    await expect.element(page.getByText("No operation of images/old.png matches “nowhere”")).toBeVisible();
    await page.getByRole("button", { name: "Show all documents" }).click();
    await expect.element(page.getByText("No operation matches “nowhere”")).toBeVisible();
  });

  it("comes from the inspector with one document, and from the palette with all", async () => {
    await renderProject({ history: sampleHistory(Date.now()), nodes: sampleNodes() });
    await openTab("Files");
    await page.getByRole("gridcell", { name: "index.md", exact: true }).click();
    await page.getByRole("button", { name: "History" }).click();
    await expect.element(page.getByRole("group", { name: "Only one document" })).toBeVisible();
    await expect.poll(count).toBe("1 operation");
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.keyboard("show history{Enter}");
    await expect.poll(count).toBe("10 operations");
    await expect.element(page.getByRole("group", { name: "Only one document" })).not.toBeInTheDocument();
  });

  it("holds a long log with only the rows in sight in the page, and reads on as one scrolls", async () => {
    await renderProject({ history: longHistory(1_000) });
    await openTab("History");
    await expect.poll(count, patient).toBe("1,000 operations");
    const before = scroller().scrollHeight;
    scroller().scrollTop = before;
    await expect.poll(() => scroller().scrollHeight, patient).toBeGreaterThan(before);
    await expect
      .poll(() => {
        scroller().scrollTop = scroller().scrollHeight;
        return document.body.textContent?.includes("Here the log begins.");
      }, patient)
      .toBe(true);
    expect(document.querySelectorAll(".history-row").length).toBeLessThan(80);
    await expect.poll(() => shown().at(-1), patient).toContain("note-1.md");
  });

  it("shows what came with a run on top, and elsewhere leaves in place what is read", async () => {
    const log: HistoryRow[] = [...longHistory(300)];
    const session = await renderProject({ history: log });
    await openTab("History");
    await expect.poll(() => shown()[0], patient).toContain("1,300 bytes");
    log.unshift(operation(301, "file:fresh-1.md", put("added", 5)));
    session.views.run.change([run("first", Date.now())]);
    await expect.poll(() => shown()[0], patient).toContain("fresh-1.md");
    scroller().scrollTop = 2_000;
    await expect.poll(() => topOf("1,250 bytes"), patient).toBeDefined();
    const place = topOf("1,250 bytes");
    for (let id = 302; id < 340; id++) log.unshift(operation(id, "file:fresh-2.md", put("added", 5)));
    const height = scroller().scrollHeight;
    session.views.run.change([run("second", Date.now() + 1)]);
    await expect.poll(() => scroller().scrollHeight, patient).toBeGreaterThan(height + 1_000);
    await expect
      .poll(() => Math.abs((topOf("1,250 bytes") ?? 0) - (place ?? 0)), patient)
      .toBeLessThanOrEqual(2);
    scroller().scrollTop = 0;
    await expect.poll(() => shown()[0], patient).toContain("fresh-2.md");
  });

  it("keeps the focus on a row that is scrolled out of sight", async () => {
    await renderProject({ history: longHistory(190) });
    await openTab("History");
    await page.getByRole("button", { name: "1,190 bytes" }).click();
    scroller().scrollTop = 5_000;
    await expect.poll(() => topOf("1,060 bytes"), patient).toBeDefined();
    expect(document.activeElement?.textContent).toContain("1,190 bytes");
  });

  it("keeps apart the lines of an operation that names a relationship more than once", async () => {
    const complaints = vi.spyOn(console, "error");
    const event = related("added", ["file:b.md", "file:c.md"]);
    const [one, other] = event.type === "relationships" ? event.listed : [];
    const listed = [one!, one!, other!, { ...one!, metadata: "" }];
    await renderProject({ history: [operation(1, "file:twice.md", { ...event, listed } as HistoryEvent)] });
    await openTab("History");
    await page.getByRole("button", { name: /twice\.md/u }).click();
    await expect.poll(() => document.querySelectorAll(".history-relationships li").length).toBe(4);
    expect(complaints.mock.calls).toEqual([]);
    complaints.mockRestore();
  });

  it("says so before the first operation", async () => {
    await renderProject({});
    await openTab("History");
    await expect.element(page.getByText("No operations yet")).toBeVisible();
  });
});

import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { fakeSession } from "../testing/fake-session.ts";
import { openTab, renderProject } from "../testing/render-app.tsx";
import {
  sampleEdges,
  bareInspection,
  fileRow,
  relationGroup,
  sampleInspections,
  sampleNodes,
  sampleRelations,
  sampleRuns,
} from "../testing/sample-rows.ts";

const inspector = page.getByRole("complementary", { name: "Inspector" });

async function inspect(name: string, content: Parameters<typeof fakeSession>[0] = {}) {
  const session = await renderProject({
    nodes: sampleNodes(),
    inspections: sampleInspections(),
    relations: sampleRelations(),
    ...content,
  });
  await openTab("Files");
  await page.getByRole("searchbox").fill(name);
  await page.getByRole("gridcell", { name, exact: true }).click();
  await expect.element(inspector).toBeVisible();
  return session;
}

describe("inspector", () => {
  it("tells the chain of causes and leads to what the node needs", async () => {
    await inspect("index.html");
    const causes = inspector.getByRole("list", { name: "Chain of causes" });
    await expect
      .element(causes)
      .toHaveTextContent(/1280 pixels wide, changedcontent of images\/cover.jpg changed/);
    await inspector.getByRole("button", { name: "Done: index.md" }).click();
    await expect.element(inspector.getByRole("heading", { name: "index.md" })).toBeVisible();
  });

  it("names the culprit of what is held back", async () => {
    await inspect("reference/faults.html");
    await expect.element(inspector.getByText("Held back by")).toBeVisible();
    await inspector.getByRole("button", { name: "Failed: images/team-640.webp" }).click();
    await expect.element(inspector.getByRole("heading", { name: "images/team-640.webp" })).toBeVisible();
  });

  it("says what a change would touch", async () => {
    await inspect("images/cover.jpg");
    await inspector.getByText("What would a change touch?").click();
    await expect.element(inspector.getByText("4 outputs could change.")).toBeVisible();
  });

  it("says in words what a file depends on and what uses it, with the lines and the files that are missing", async () => {
    await inspect("index.md");
    const list = (name: string) => inspector.getByRole("list", { name, exact: true });
    await expect.element(list("Embeds")).toHaveTextContent("guide/getting-started.md");
    await expect.element(list("Embeds")).toHaveTextContent("line 9");
    await expect
      .element(list("Links to").getByRole("listitem").nth(1))
      .toHaveTextContent(/gone\.md.*line 4, not in the folder/);
    await expect.element(list("Made from it")).toHaveTextContent(/index\.html.*Page/);
    const headings = inspector
      .getByRole("heading", { level: 3 })
      .elements()
      .map((one) => one.textContent);
    expect(headings).toEqual(["Embeds1", "Links to2", "Linked from1", "Made from it1"]);
    await list("Linked from").getByRole("button").click();
    await expect.element(inspector.getByRole("heading", { name: "notes/draft.md" })).toBeVisible();
  });

  it("shows more of a long list part by part, and keeps it long when the graph changes", async () => {
    const others = Array.from({ length: 120 }, (_, n) => `file:note-${n}.md`);
    const all = relationGroup("incoming", "references", others);
    const part = (from: number, to: number) => ({ ...all, relations: all.relations.slice(from, to) });
    const relations = new Map(sampleRelations()).set("file:index.md", [part(0, 50)]);
    const session = await inspect("index.md", { relations, parts: new Map([["50.0", part(50, 120)]]) });
    const items = () =>
      inspector.getByRole("list", { name: "Linked from" }).getByRole("listitem").elements().length;
    await expect.poll(items).toBe(50);
    await inspector.getByRole("button", { name: "Show 70 more of 70" }).click();
    await expect.poll(items).toBe(120);
    await expect.element(inspector.getByRole("button", { name: /more of/ })).not.toBeInTheDocument();
    relations.set("file:index.md", [
      part(0, 50),
      relationGroup("outgoing", "embeds", ["file:notes/draft.md"]),
    ]);
    session.views.edge.change([...sampleEdges()]);
    await expect.element(inspector.getByRole("list", { name: "Embeds" })).toBeVisible();
    expect(items()).toBe(120);
  });

  it("makes a document a child with the keys alone, and shows it once it is written", async () => {
    const relations = new Map(sampleRelations());
    const session = await inspect("index.md", { relations });
    const add = inspector.getByRole("button", { name: "Add child…" });
    (add.element() as HTMLElement).focus();
    await userEvent.keyboard("{Enter}");
    const chooser = page.getByRole("dialog", { name: "Add a child" });
    await expect.element(chooser.getByRole("combobox", { name: /a child of index\.md/ })).toHaveFocus();
    expect(chooser.getByRole("option", { name: /cover\.jpg/ }).elements()).toEqual([]);
    await userEvent.keyboard("draft{Enter}");
    await expect.element(chooser).not.toBeInTheDocument();
    await expect.element(add).toHaveFocus();
    expect(session.calls).toEqual(["addChildren file:index.md file:notes/draft.md"]);
    const list = inspector.getByRole("list", { name: "Children", exact: true });
    await expect.element(list).not.toBeInTheDocument();
    relations.set("file:index.md", [relationGroup("outgoing", "parent-child", ["file:notes/draft.md"])]);
    session.set({ writes: 1 });
    await expect.element(list).toHaveTextContent("notes/draft.md");
  });

  it("takes a child from its parent on the line of either, and keeps the focus in the inspector", async () => {
    const [here, there] = ["file:index.md", "file:notes/draft.md"];
    const session = await inspect("index.md", {
      relations: new Map([
        [
          here,
          [
            relationGroup("outgoing", "parent-child", [there]),
            relationGroup("incoming", "parent-child", ["file:gone.md"]),
            relationGroup("outgoing", "embeds", [there]),
          ],
        ],
      ]),
    });
    const remove = inspector.getByRole("button", { name: /^Remove/ });
    const child = remove.and(
      inspector.getByRole("button", { name: "notes/draft.md from the children of index.md" }),
    );
    await expect.element(child).toBeVisible();
    (
      inspector.getByRole("list", { name: "Children" }).getByRole("button").first().element() as HTMLElement
    ).focus();
    await userEvent.keyboard("{Tab}{Enter}");
    await expect.element(inspector).toHaveFocus();
    await remove
      .and(inspector.getByRole("button", { name: "index.md from the children of gone.md" }))
      .click();
    expect(session.calls).toEqual([`removeChildren ${here} ${there}`, `removeChildren file:gone.md ${here}`]);
    expect(remove.elements()).toHaveLength(2);
  });

  it("shows the picture and gives its address back", async () => {
    const canvas = new OffscreenCanvas(4, 4);
    canvas.getContext("2d")?.fillRect(0, 0, 4, 4);
    const picture = await canvas.convertToBlob({ type: "image/png" });
    const row = { ...fileRow("images/dot.png", "image", picture.size), hash: "feed" };
    await inspect("images/dot.png", { nodes: [row], bytes: new Map([["feed", picture]]) });
    const image = inspector.getByRole("img", { name: "images/dot.png" });
    await expect.poll(() => (image.element() as HTMLImageElement).naturalWidth).toBe(4);
    const { src } = image.element() as HTMLImageElement;
    await inspector.getByRole("button", { name: "Close inspector" }).click();
    await expect.element(inspector).not.toBeInTheDocument();
    await expect(fetch(src)).rejects.toThrow("Failed to fetch");
  });

  it("builds what the node needs, but not in the middle of a run", async () => {
    const session = await inspect("index.html");
    await inspector.getByRole("button", { name: "Rebuild what this needs" }).click();
    expect(session.calls).toEqual(['build {"root":"page:index.md"}']);
    session.views.run.change(sampleRuns(Date.now()));
    await expect.element(inspector.getByRole("button", { name: "Rebuild what this needs" })).toBeDisabled();
  });

  it("forces a node, and tries again what failed or is held back, but offers neither for a file", async () => {
    const session = await inspect("reference/faults.html");
    await inspector.getByRole("button", { name: "Force" }).click();
    await inspector.getByRole("button", { name: "Retry" }).click();
    expect(session.calls).toEqual([
      'build {"root":"page:reference/faults.md","force":true}',
      'build {"root":"page:reference/faults.md","failed":"only"}',
    ]);
    await page.getByRole("searchbox").fill("index.md");
    await page.getByRole("gridcell", { name: "index.md", exact: true }).click();
    await expect.element(inspector.getByRole("heading", { name: "index.md" })).toBeVisible();
    await expect.element(inspector.getByRole("button", { name: "Force" })).not.toBeInTheDocument();
    await expect.element(inspector.getByRole("button", { name: "Retry" })).not.toBeInTheDocument();
  });

  it("asks again when the row changes, and follows its status at once", async () => {
    const inspections = new Map(sampleInspections());
    const session = await inspect("index.html", { inspections });
    await expect.element(inspector.getByText(/1280 pixels wide/)).toBeVisible();
    inspections.set("page:index.md", {
      ...bareInspection("page:index.md"),
      causes: ["setting title", "strata.yaml"],
    });
    const row = session.views.node.get("page:index.md");
    session.views.node.change([{ ...row!, status: "RUNNING" }]);
    await expect.element(inspector.getByText("Building")).toBeVisible();
    await expect.element(inspector.getByText("strata.yaml")).toBeVisible();
  });

  it("says when the file has gone", async () => {
    const session = await inspect("index.html");
    session.views.node.change([], ["page:index.md"]);
    await expect.element(inspector.getByText("no longer part of the project")).toBeVisible();
  });

  it("leads to the preview of a page", async () => {
    await inspect("index.html", { site: new Map() });
    await inspector.getByRole("button", { name: "Open in preview" }).click();
    await expect.element(page.getByRole("combobox", { name: "Page of the site" })).toHaveValue("index.html");
  });
});

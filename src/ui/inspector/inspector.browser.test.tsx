import { describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import type { fakeSession } from "../testing/fake-session.ts";
import { openTab, renderProject } from "../testing/render-app.tsx";
import {
  bareInspection,
  fileRow,
  sampleInspections,
  sampleNodes,
  sampleRuns,
} from "../testing/sample-rows.ts";

const inspector = page.getByRole("complementary", { name: "Inspector" });

async function inspect(name: string, content: Parameters<typeof fakeSession>[0] = {}) {
  const session = await renderProject({ nodes: sampleNodes(), inspections: sampleInspections(), ...content });
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

import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { openTab, renderProject } from "../testing/render-app.tsx";
import { sampleEdges, sampleInspections, sampleNodes } from "../testing/sample-rows.ts";

const inspector = page.getByRole("complementary", { name: "Inspector" });
const panel = page.getByRole("region", { name: "Reach" });

/** Which mounted nodes of the graph stand out, or step back. */
function mounted(mark: "on" | "off"): readonly string[] {
  return [...document.querySelectorAll(`.graph-node[data-path="${mark}"]`)].map(
    (node) => node.getAttribute("title")?.split(":")[0] ?? "",
  );
}

async function inspect(name: string): Promise<void> {
  await renderProject({ nodes: sampleNodes(), edges: sampleEdges(), inspections: sampleInspections() });
  await openTab("Files");
  await page.getByRole("searchbox").fill(name);
  await page.getByRole("gridcell", { name, exact: true }).click();
}

describe("reach on the graph", () => {
  it("lights up all that a change of a file would touch, says it in words, and closes on Escape", async () => {
    await inspect("images/cover.jpg");
    await inspector.getByText("What would a change touch?").click();
    await inspector.getByRole("button", { name: "Show on the graph" }).click();
    await expect
      .element(panel.getByRole("status"))
      .toHaveTextContent("A change of file:images/cover.jpg could touch 4 outputs.");
    await expect.element(panel).toHaveFocus();
    await expect
      .poll(() => mounted("on").toSorted())
      .toEqual([
        "images/cover-1280.webp",
        "images/cover-320.webp",
        "images/cover-640.webp",
        "images/cover.jpg",
        "index.html",
      ]);
    await expect.element(page.getByLabelText(/5 nodes stand out/)).toBeInTheDocument();
    await panel.getByRole("button", { name: /index\.html/u }).click();
    await expect.element(inspector.getByRole("heading", { name: "index.html" })).toBeVisible();
    await userEvent.keyboard("{Escape}");
    await expect.element(panel).not.toBeInTheDocument();
    await expect.poll(() => [...mounted("on"), ...mounted("off")]).toEqual([]);
  });

  it("draws the chain of causes as a path from the file to the node", async () => {
    await inspect("index.html");
    await inspector.getByRole("button", { name: "Show why on the graph" }).click();
    await expect
      .element(panel.getByRole("status"))
      .toHaveTextContent("page:index.md is as it is because of file:images/cover.jpg, in 2 steps.");
    const stops = () =>
      [...document.querySelectorAll(".graph-node-stop")].map(
        (stop) => `${stop.textContent} ${stop.closest(".graph-node")?.getAttribute("title")?.split(":")[0]}`,
      );
    await expect
      .poll(() => stops().toSorted())
      .toEqual(["1 images/cover.jpg", "2 images/cover-1280.webp", "3 index.html"]);
  });

  it("shows for what is held back the way to what failed", async () => {
    await inspect("reference/faults.html");
    await inspector.getByRole("button", { name: "Show why on the graph" }).click();
    await expect
      .element(panel.getByRole("status"))
      .toHaveTextContent("page:reference/faults.md is as it is because of file:images/team.jpg, in 2 steps.");
  });
});

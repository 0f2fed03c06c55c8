import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { PathStep } from "../../model/relations.ts";
import { fileId } from "../../model/resource.ts";
import { renderProject } from "../testing/render-app.tsx";
import { fileRow, sampleEdges, sampleNodes, samplePaths } from "../testing/sample-rows.ts";

const content = () => ({ nodes: sampleNodes(), edges: sampleEdges(), paths: new Map(samplePaths()) });
const panel = page.getByRole("region", { name: "Path", exact: true });
const steps = panel.getByRole("list", { name: "Steps of the path" });
const openChooser = page.getByRole("button", { name: "Path…" });

/** Which mounted nodes of the graph are on the path, by what it says of them. */
function mounted(mark: "on" | "off"): readonly string[] {
  return [...document.querySelectorAll(`.graph-node[data-path="${mark}"]`)].map(
    (node) =>
      `${node.querySelector(".graph-node-stop")?.textContent ?? ""} ${node.getAttribute("title")?.split(":")[0]}`,
  );
}

describe("path", () => {
  it("is chosen with the keys alone, told in words, and stands out on the graph", async () => {
    await renderProject(content());
    await expect.element(openChooser).toBeVisible();
    (openChooser.element() as HTMLElement).focus();
    await userEvent.keyboard("{Enter}");
    await userEvent.keyboard("index.md{Enter}");
    await expect.element(page.getByRole("dialog").getByRole("status")).toHaveTextContent(/^From index\.md/);
    await userEvent.keyboard("installation.md{Enter}");
    await expect
      .element(panel.getByRole("status"))
      .toHaveTextContent("A path of 2 steps from index.md to guide/installation.md.");
    await expect.element(panel).toHaveFocus();
    expect(
      steps
        .getByRole("listitem")
        .elements()
        .map((one) => one.querySelector(".path-words")?.textContent),
    ).toEqual([undefined, "embeds and links to", "links to"]);
    await expect
      .poll(() => mounted("on").toSorted())
      .toEqual(["1 index.md", "2 guide/getting-started.md", "3 guide/installation.md"]);
    await expect.element(page.getByLabelText(/A path of 3 nodes stands out/)).toBeInTheDocument();
    await userEvent.keyboard("{Tab}{Tab}{Tab}{Enter}");
    const inspector = page.getByRole("complementary", { name: "Inspector" });
    await expect.element(inspector.getByRole("heading", { name: "guide/getting-started.md" })).toBeVisible();
    await userEvent.keyboard("{Escape}");
    await expect.element(panel).not.toBeInTheDocument();
    await expect.element(openChooser).toHaveFocus();
    await expect.element(inspector).toBeVisible();
    expect(mounted("off")).toEqual([]);
  });

  it("starts at what is selected, and at another document when asked to", async () => {
    await renderProject(content());
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.keyboard("index.html{Enter}");
    await page.getByRole("button", { name: "Path to…" }).click();
    const chooser = page.getByRole("dialog", { name: "Path between two documents" });
    await expect.element(chooser.getByRole("status")).toHaveTextContent(/^From index\.md/);
    await chooser.getByRole("button", { name: "Change the start" }).click();
    await expect.element(chooser.getByRole("combobox", { name: "Path from which document?" })).toHaveFocus();
    await userEvent.keyboard("getting{Enter}");
    await chooser.getByRole("option", { name: /installation/ }).click();
    await expect
      .element(panel.getByRole("status"))
      .toHaveTextContent("does guide/getting-started.md lead to guide/installation.md");
  });

  it("says that it leads the other way round, and that there is none", async () => {
    await renderProject(content());
    await openChooser.click();
    await userEvent.keyboard("installation.md{Enter}index.md{Enter}");
    await expect
      .element(panel.getByRole("status"))
      .toHaveTextContent(
        "No path leads from guide/installation.md to index.md. The other way round, index.md leads to guide/installation.md in 2 steps.",
      );
    await expect.element(steps.getByRole("button").first()).toHaveTextContent("index.md");
    await panel.getByRole("button", { name: "Close the path" }).click();
    await openChooser.click();
    await userEvent.keyboard("draft.md{Enter}index.md{Enter}");
    await expect
      .element(panel.getByRole("status"))
      .toHaveTextContent(
        "No path: neither does notes/draft.md lead to index.md, nor index.md to notes/draft.md.",
      );
    await expect.element(steps).not.toBeInTheDocument();
    expect(mounted("off")).toEqual([]);
  });

  it("is looked for again when the graph changes", async () => {
    const { paths, ...rest } = content();
    const session = await renderProject({ ...rest, paths });
    await openChooser.click();
    await userEvent.keyboard("index.md{Enter}installation.md{Enter}");
    await expect.element(panel.getByRole("status")).toHaveTextContent("2 steps");
    const step: PathStep = {
      from: fileId("index.md"),
      to: fileId("guide/installation.md"),
      types: ["embeds"],
    };
    paths.set("file:index.md file:guide/installation.md", [step]);
    session.views.edge.change(sampleEdges().slice(0, 1));
    await expect.element(panel.getByRole("status")).toHaveTextContent("A path of 1 step");
    await expect.poll(() => mounted("on")).toHaveLength(2);
  });

  it("shows what the focus on the selection leaves out", async () => {
    await renderProject(content());
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.keyboard("team.jpg{Enter}1");
    await page.getByRole("button", { name: "Focus on selection" }).click();
    await expect.poll(() => document.querySelectorAll(".graph-node").length).toBe(4);
    await openChooser.click();
    await page.getByRole("button", { name: "Change the start" }).click();
    await userEvent.keyboard("index.md{Enter}installation.md{Enter}");
    await expect.poll(() => mounted("on")).toHaveLength(3);
    expect(mounted("off").length).toBeLessThanOrEqual(4);
  });

  it("stays fluid and names its stops on a graph of 10,000 nodes", async () => {
    const nodes = Array.from({ length: 10_000 }, (_, n) =>
      fileRow(`part-${n % 97}/note-${n}.md`, "document", 9),
    );
    const keys = nodes.map(({ key }) => fileId(key.slice(5)));
    const way = [0, 5000, 9999].map((n) => keys[n]!);
    const path = [
      { from: way[0]!, to: way[1]!, types: ["embeds"] },
      { from: way[1]!, to: way[2]!, types: ["references"] },
    ] as const;
    await renderProject({ nodes, paths: new Map([[`${way[0]} ${way[2]}`, path]]) });
    await expect.element(page.getByLabelText(/^Graph of 10000 nodes/)).toBeInTheDocument();
    await openChooser.click();
    await userEvent.keyboard("note-0.md{Enter}note-9999.md{Enter}");
    await expect.element(page.getByLabelText(/A path of 3 nodes stands out/)).toBeInTheDocument();
    const frames: number[] = [];
    await new Promise<void>((resolve) => {
      let last = performance.now();
      const zoom = page.getByRole("button", { name: "Zoom in" }).element() as HTMLElement;
      const frame = (now: number) => {
        frames.push(now - last);
        last = now;
        if (frames.length % 12 === 0) zoom.click();
        if (frames.length < 60) requestAnimationFrame(frame);
        else resolve();
      };
      requestAnimationFrame(frame);
    });
    const median = frames.toSorted((a, b) => a - b)[30]!;
    expect(median).toBeLessThan(50);
  });
});

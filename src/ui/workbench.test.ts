import { describe, expect, it } from "vitest";
import { fileId } from "../model/resource.ts";
import { firstWorkbench, moveWorkbench, type WorkbenchAction } from "./workbench.ts";

const after = (...actions: readonly WorkbenchAction[]) => actions.reduce(moveWorkbench, firstWorkbench);

describe("moveWorkbench", () => {
  it("keeps the selection from tab to tab", () => {
    expect(after({ type: "select", key: "file:a.md" }, { type: "go", tab: "runs" })).toMatchObject({
      tab: "runs",
      selected: "file:a.md",
    });
  });

  it("shows a page in the preview", () => {
    expect(after({ type: "preview", path: "a.html" })).toMatchObject({
      tab: "preview",
      previewPath: "a.html",
    });
  });

  it("shows the history of one document or of all", () => {
    const query = { documentId: "file:a.md", search: "" };
    const shown = after({ type: "overlay", overlay: "palette" }, { type: "history", query });
    expect(shown).toMatchObject({ tab: "history", history: query, overlay: null });
  });

  it("leads each search to the files, again and again", () => {
    expect(after({ type: "search" }, { type: "search" })).toMatchObject({ tab: "files", searches: 2 });
  });

  it("shows a new path on the graph, keeps it from tab to tab as no news, and drops it", () => {
    const ends = { from: fileId("a.md"), to: fileId("b.md") };
    const chosen: WorkbenchAction = { type: "path", ends };
    expect(after({ type: "go", tab: "files" }, { type: "overlay", overlay: "path" }, chosen)).toMatchObject({
      tab: "graph",
      overlay: null,
      path: { ...ends, isNew: true },
    });
    expect(after(chosen, { type: "go", tab: "files" }).path).toEqual({ ...ends, isNew: false });
    expect(after(chosen, { type: "path", ends: null }).path).toBeNull();
  });

  it("lets either a path or a reach stand out on the graph, and never both", () => {
    const path: WorkbenchAction = { type: "path", ends: { from: fileId("a.md"), to: fileId("b.md") } };
    const reach: WorkbenchAction = { type: "reach", reach: { of: fileId("a.md"), what: "touches" } };
    expect(after(path, { type: "go", tab: "files" }, reach)).toMatchObject({
      tab: "graph",
      path: null,
      reach: { of: "file:a.md", what: "touches", isNew: true },
    });
    expect(after(reach, path).reach).toBeNull();
    expect(after(reach, { type: "go", tab: "files" }).reach?.isNew).toBe(false);
    expect(after(reach, { type: "reach", reach: null }).reach).toBeNull();
  });

  it("closes what lies over the screen when it goes elsewhere", () => {
    expect(after({ type: "overlay", overlay: "palette" }, { type: "go", tab: "files" }).overlay).toBeNull();
  });
});

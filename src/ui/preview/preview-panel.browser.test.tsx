import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { openTab, renderProject } from "../testing/render-app.tsx";
import { run, sampleNodes } from "../testing/sample-rows.ts";
import { usedAddresses } from "./site-address.ts";

const text = (title: string) =>
  `<!doctype html><title>${title}</title><h1>${title}</h1><p style="height:4000px">
  <script>document.title = "a script ran"</script>`;
const blobOf = (title: string) => URL.createObjectURL(new Blob([text(title)], { type: "text/html" }));

async function openPreview() {
  const site = new Map([
    ["index.html", blobOf("Index")],
    ["guide/installation.html", blobOf("Installation")],
  ]);
  const session = await renderProject({ nodes: sampleNodes(), site });
  await openTab("Preview");
  const frame = document.querySelector("iframe")!;
  await expect.poll(() => frame.contentDocument?.title).toBe("Index");
  await expect.poll(() => frame.contentDocument?.readyState).toBe("complete");
  let loads = 0;
  frame.addEventListener("load", () => loads++);
  return { session, frame, loads: () => loads };
}

/** A run over the rows given, from its start to its end. */
async function build(session: Awaited<ReturnType<typeof openPreview>>["session"], change: () => void) {
  session.views.run.change([run("r", Date.now(), { phase: "building", endedAt: null })]);
  change();
  await expect.element(page.getByRole("progressbar")).toBeVisible();
  session.views.run.change([run("r", Date.now())]);
  await expect.element(page.getByRole("progressbar")).not.toBeInTheDocument();
}

describe("preview", () => {
  it("loads the page again after a build that changed it, at the same place of the scroll", async () => {
    const { session, frame, loads } = await openPreview();
    frame.contentWindow?.scrollTo(0, 1500);
    const row = session.views.node.get("page:index.md");
    await build(session, () => session.views.node.change([{ ...row!, hash: "0123456789abcdef" }]));
    await expect.poll(loads).toBe(1);
    await expect.poll(() => frame.contentWindow?.scrollY).toBe(1500);
  });

  it("leaves the page alone after a build that changed others", async () => {
    const { session, frame, loads } = await openPreview();
    const mark = frame.contentDocument?.createElement("i");
    frame.contentDocument?.body.append(mark!);
    const row = session.views.node.get("page:notes/draft.md");
    await build(session, () => session.views.node.change([{ ...row!, hash: "0123456789abcdef" }]));
    expect(loads()).toBe(0);
    expect(frame.contentDocument?.body.contains(mark!)).toBe(true);
  });

  it("goes to a page by a part of its name, and back", async () => {
    const { frame } = await openPreview();
    const box = page.getByRole("combobox", { name: "Page of the site" });
    await box.fill("install");
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => frame.contentDocument?.title).toBe("Installation");
    await expect.element(box).toHaveValue("guide/installation.html");
    await page.getByRole("button", { name: "Back" }).click();
    await expect.poll(() => frame.contentDocument?.title).toBe("Index");
    await page.getByRole("button", { name: "Forward" }).click();
    await expect.element(box).toHaveValue("guide/installation.html");
  });

  it("lets no script of the site run", async () => {
    const { frame } = await openPreview();
    expect(frame.contentDocument?.querySelector("script")).not.toBeNull();
    expect(frame.contentDocument?.title).toBe("Index");
    expect(frame.getAttribute("sandbox")).toBe("allow-same-origin allow-popups");
  });

  it("shows the width of a phone", async () => {
    const { frame } = await openPreview();
    await page.getByRole("button", { name: "Width of a phone" }).click();
    await expect.poll(() => frame.getBoundingClientRect().width).toBe(390);
  });

  it("explains itself where there is no service worker", async () => {
    await renderProject({ nodes: sampleNodes() });
    await openTab("Preview");
    await expect.element(page.getByText("The preview needs a service worker")).toBeVisible();
  });
});

describe("usedAddresses", () => {
  it("finds pictures in all widths, style sheets and other sources, once each", () => {
    const html = `<base href="https://strata.test/p/a/"><link rel="stylesheet" href="../s.css">
      <picture><source srcset="../i-320.webp 320w, ../i-640.webp 640w"><img src="../i-640.webp"></picture>
      <a href="b.html">a link is not shown</a>`;
    const found = usedAddresses(new DOMParser().parseFromString(html, "text/html"));
    expect(found.toSorted()).toEqual([
      "https://strata.test/p/i-320.webp",
      "https://strata.test/p/i-640.webp",
      "https://strata.test/p/s.css",
    ]);
  });
});

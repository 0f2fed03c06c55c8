import { describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { openTab, renderProject } from "../testing/render-app.tsx";
import { run } from "../testing/sample-rows.ts";

const cells = () =>
  [...document.querySelectorAll("tbody tr")].map((line) =>
    [...line.querySelectorAll("td")].map((cell) => cell.textContent),
  );

describe("runs", () => {
  it("lists the newest first with counts, bytes and the time of each phase", async () => {
    const session = await renderProject({
      runs: [run("old", 1_700_000_000_000, { phase: "cancelled", built: 3 })],
    });
    await openTab("Runs");
    session.views.run.change([run("new", Date.now())]);
    await expect.poll(() => cells().length).toBe(2);
    const [newest, oldest] = cells();
    expect(newest?.slice(1, 8)).toEqual(["Up to date", "24", "388", "0", "0", "1.2 MB", "3.2 s"]);
    expect(newest?.[8]).toBe("scanning 640 msplanning 85 msbuilding 2.3 spublishing 205 ms");
    expect(oldest?.slice(1, 3)).toEqual(["Cancelled", "3"]);
  });

  it("says so before the first", async () => {
    await renderProject({});
    await openTab("Runs");
    await expect.element(page.getByText("No runs yet")).toBeVisible();
  });
});

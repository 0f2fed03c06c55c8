import { afterEach, expect, it } from "vitest";
import { showLife, TabWatch } from "./tab-life.ts";

const tabs: HTMLIFrameElement[] = [];
afterEach(() => tabs.splice(0).forEach((tab) => tab.remove()));

/** A page of its own, which takes its locks with it. */
function openTab(): { readonly locks: LockManager; end(): void } {
  const tab = document.body.appendChild(document.createElement("iframe"));
  tabs.push(tab);
  const { contentWindow } = tab;
  if (contentWindow === null) throw new Error("a frame in a document has a window");
  return { locks: contentWindow.navigator.locks, end: () => tab.remove() };
}

const aWhile = () => new Promise((resolve) => setTimeout(resolve, 50));

it("[N32] tells of a tab's end once, however often it was heard of, and not while it lives", async () => {
  const ended: string[] = [];
  const watch = new TabWatch((tabId) => ended.push(tabId));
  const [first, second] = [openTab(), openTab()];
  const [a, b] = [crypto.randomUUID(), crypto.randomUUID()];
  await Promise.all([showLife(a, first.locks), showLife(b, second.locks)]);
  for (const tabId of [a, b, a]) watch.hear(tabId);
  await aWhile();
  expect(ended).toEqual([]);
  first.end();
  await expect.poll(() => ended).toEqual([a]);
  second.end();
  await expect.poll(() => ended).toEqual([a, b]);
});

it("[N32] tells of the end of a tab whose last message came after it", async () => {
  const ended: string[] = [];
  const watch = new TabWatch((tabId) => ended.push(tabId));
  const tab = openTab();
  const tabId = crypto.randomUUID();
  await showLife(tabId, tab.locks);
  watch.hear(tabId);
  tab.end();
  await expect.poll(() => ended).toEqual([tabId]);
  watch.hear(tabId);
  await expect.poll(() => ended).toEqual([tabId, tabId]);
});

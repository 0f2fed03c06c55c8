import { describe, expect, it } from "vitest";
import { MemoryView } from "../testing/memory-view.ts";
import { DerivedStore } from "./derived-store.ts";

type Row = { readonly key: string };

function watched(restMs = 0) {
  const view = new MemoryView<Row>();
  let made = 0;
  const store = new DerivedStore<Row, number>(
    view,
    () => {
      made++;
      return view.size();
    },
    restMs,
  );
  return { view, store, made: () => made };
}

describe("DerivedStore", () => {
  it("derives when asked, and keeps the value until subscribers heard of a new one", async () => {
    const { view, store, made } = watched();
    expect(store.value()).toBe(0);
    const heard: number[] = [];
    const stop = store.subscribe(() => heard.push(store.value()));
    for (const key of ["a", "b", "c"]) view.change([{ key }]);
    expect(store.value()).toBe(0);
    await expect.poll(() => heard).toEqual([3]);
    expect(made()).toBe(2);
    stop();
  });

  it("takes what changed between the first value and the subscription", async () => {
    const { view, store } = watched();
    expect(store.value()).toBe(0);
    view.change([{ key: "a" }]);
    const stop = store.subscribe(() => undefined);
    await expect.poll(() => store.value()).toBe(1);
    stop();
  });

  it("rests as long as it was told to", async () => {
    const { view, store } = watched(80);
    store.value();
    const start = performance.now();
    const heard: number[] = [];
    const stop = store.subscribe(() => heard.push(performance.now() - start));
    view.change([{ key: "a" }]);
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]).toBeGreaterThanOrEqual(79);
    stop();
  });

  it("is silent once nobody listens", async () => {
    const { view, store, made } = watched();
    store.value();
    store.subscribe(() => undefined)();
    view.change([{ key: "a" }]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(made()).toBe(1);
  });
});

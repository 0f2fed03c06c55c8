import type { StorageReport } from "./contract.ts";

/** What the browser says of the room that it gives. A page without a secure origin has no `navigator.storage`. */
export async function browserStorage(): Promise<StorageReport> {
  if (!("storage" in navigator)) return { usage: null, quota: null, isKept: false };
  const [{ usage = null, quota = null }, isKept] = await Promise.all([
    navigator.storage.estimate(),
    navigator.storage.persisted(),
  ]);
  return { usage, quota, isKept };
}

/** Asks the browser to keep what is stored, unless it does already. Some ask the person, so never without a cause. */
export async function keepStorage(): Promise<boolean> {
  if (!("storage" in navigator)) return false;
  return (await navigator.storage.persisted()) || (await navigator.storage.persist());
}

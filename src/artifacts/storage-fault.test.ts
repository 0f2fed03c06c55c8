import { expect, it } from "vitest";
import { orStorageFault, StorageFault } from "./storage-fault.ts";

function named(name: string, inner?: Error): Error {
  const error = new Error(`${name} happened`);
  error.name = name;
  return inner === undefined ? error : Object.assign(error, { inner });
}

async function faultOf(error: unknown): Promise<StorageFault> {
  const failed = await orStorageFault("store an output", Promise.reject(error)).catch((thrown) => thrown);
  if (!(failed instanceof StorageFault)) throw new Error("not a StorageFault");
  return failed;
}

it("[A13] says that the storage is full, however deep the browser's error is wrapped", async () => {
  for (const error of [
    named("QuotaExceededError"),
    named("AbortError", named("QuotaExceededError")),
    named("BulkError", named("AbortError", named("QuotaExceededError"))),
  ]) {
    expect((await faultOf(error)).fault.code).toBe("storage-full");
  }
});

it("[A13] keeps the browser's words for any other failure", async () => {
  const { fault } = await faultOf(named("DataError"));
  expect(fault).toMatchObject({ code: "storage-failed", severity: "error" });
  expect(fault.message).toContain("DataError happened");
  expect((await faultOf("a bare string")).fault.message).toContain("a bare string");
});

it("[A13] gives what the store gave when nothing failed", async () => {
  expect(await orStorageFault("read", Promise.resolve(7))).toBe(7);
});

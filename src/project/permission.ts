/** What the browser says about a folder: `prompt` means that a click must ask first. */
export type Permission = "granted" | "prompt" | "denied";

/** Milliseconds after which a question that the browser never answers counts as refused. */
const patience = 60_000;

/** Whether a folder may be read now. Never asks the person. */
export async function readPermission(handle: FileSystemDirectoryHandle): Promise<Permission> {
  if (!("queryPermission" in handle)) return "granted";
  return within(2_000, handle.queryPermission({ mode: "read" }), "prompt");
}

/** Asks the person. Call from a click. A dialog that is never answered (some browsers show none) is a refusal. */
export async function askPermission(
  handle: FileSystemDirectoryHandle,
  mode: FileSystemPermissionMode,
  limit: number = patience,
): Promise<Permission> {
  if (!("requestPermission" in handle)) return "granted";
  return within(limit, handle.requestPermission({ mode }), "denied");
}

async function within(limit: number, asked: Promise<Permission>, otherwise: Permission): Promise<Permission> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Permission>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), limit);
  });
  try {
    return await Promise.race([asked, late]);
  } catch {
    return otherwise;
  } finally {
    clearTimeout(timer);
  }
}

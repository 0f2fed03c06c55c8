// The File System Observer API, which Chromium has and TypeScript's library does not yet.
// https://github.com/whatwg/fs/blob/main/proposals/FileSystemObserver.md

/** One change that an observer saw. */
export type FileSystemChangeRecord = {
  readonly changedHandle: FileSystemFileHandle | FileSystemDirectoryHandle | null;
  readonly relativePathComponents: readonly string[];
  readonly type: "appeared" | "disappeared" | "modified" | "moved" | "unknown" | "errored";
  readonly relativePathMovedFrom: readonly string[] | null;
};

type Observer = {
  observe(handle: FileSystemHandle, options?: { readonly recursive?: boolean }): Promise<void>;
  disconnect(): void;
};

declare global {
  var FileSystemObserver:
    | (new (callback: (records: readonly FileSystemChangeRecord[]) => void) => Observer)
    | undefined;
}

// The File System Observer API, which Chromium has and TypeScript's library does not yet.
// https://github.com/whatwg/fs/blob/main/proposals/FileSystemObserver.md

interface FileSystemChangeRecord {
  readonly changedHandle: FileSystemFileHandle | FileSystemDirectoryHandle | null;
  readonly relativePathComponents: readonly string[];
  readonly type: "appeared" | "disappeared" | "modified" | "moved" | "unknown" | "errored";
  readonly relativePathMovedFrom: readonly string[] | null;
}

interface FileSystemObserver {
  observe(handle: FileSystemHandle, options?: { recursive?: boolean }): Promise<void>;
  disconnect(): void;
}

declare var FileSystemObserver:
  | (new (callback: (records: readonly FileSystemChangeRecord[]) => void) => FileSystemObserver)
  | undefined;

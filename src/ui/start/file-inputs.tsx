import { useRef, type ChangeEvent, type ReactNode } from "react";
import { Icon } from "../icons/icon.tsx";
import { useSession, useSessionState } from "../session-context.ts";

/** "Open folder", "Open ZIP" and "Import a project…". Without a picker for folders a directory input takes its place. */
export function FileInputs({ onTaken }: { readonly onTaken: () => void }): ReactNode {
  const session = useSession();
  const state = useSessionState();
  const folder = useRef<HTMLInputElement>(null);
  const zip = useRef<HTMLInputElement>(null);
  const busy = state.role === "starting" || state.intake !== null;
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    if (files.length > 0) void session.openFiles(files);
    // A fresh input lets the same folder be chosen again.
    onTaken();
  };
  const openFolder = () => {
    if (session.hasFolderPicker) void session.openFolder();
    else folder.current?.click();
  };
  return (
    <>
      <button type="button" className="button button-primary" disabled={busy} onClick={openFolder}>
        <Icon name="folder" />
        Open folder
      </button>
      <button type="button" className="button" disabled={busy} onClick={() => zip.current?.click()}>
        <Icon name="zip" />
        Open ZIP
      </button>
      <ImportButton disabled={busy || state.transfer !== null} />
      {!session.hasFolderPicker && (
        <input
          ref={(input) => {
            folder.current = input;
            if (input !== null) input.webkitdirectory = true;
          }}
          type="file"
          hidden
          aria-label="Folder"
          onChange={take}
        />
      )}
      <input
        ref={zip}
        type="file"
        accept=".zip,application/zip"
        hidden
        aria-label="ZIP archive"
        onChange={take}
      />
    </>
  );
}

function ImportButton({ disabled }: { readonly disabled: boolean }): ReactNode {
  const session = useSession();
  return (
    <button type="button" className="button" disabled={disabled} onClick={() => void session.importProject()}>
      <Icon name="import" />
      Import a project…
    </button>
  );
}

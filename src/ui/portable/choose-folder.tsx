import { useRef, type ReactNode } from "react";
import { Icon } from "../icons/icon.tsx";
import { useSession } from "../session-context.ts";

/** Gives an imported project its folder. Without a picker for folders a directory input takes its place. */
export function ChooseFolder(): ReactNode {
  const session = useSession();
  const input = useRef<HTMLInputElement>(null);
  const choose = () => {
    if (session.hasFolderPicker) void session.chooseFolder();
    else input.current?.click();
  };
  return (
    <>
      <button type="button" className="button button-primary" onClick={choose}>
        <Icon name="folder" />
        <span>Choose its folder</span>
      </button>
      {!session.hasFolderPicker && (
        <input
          ref={(element) => {
            input.current = element;
            if (element !== null) element.webkitdirectory = true;
          }}
          type="file"
          hidden
          aria-label="Folder of the project"
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            if (files.length > 0) void session.chooseFolder(files);
          }}
        />
      )}
    </>
  );
}

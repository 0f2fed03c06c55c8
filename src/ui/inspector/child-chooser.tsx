import type { ReactNode } from "react";
import { asResourceId } from "../../model/ids.ts";
import { Dialog } from "../dialog/dialog.tsx";
import { fileOptions } from "../palette/file-options.ts";
import { OptionPicker, type PickerOption } from "../palette/option-picker.tsx";
import { useSession, useViews } from "../session-context.ts";
import { useWorkbench } from "../workbench.ts";

/** Chooses the document that becomes a child of the one that is selected. */
export function ChildChooser(): ReactNode {
  const session = useSession();
  const { state, act } = useWorkbench();
  const { node } = useViews();
  const parent = state.selected;
  const close = () => act({ type: "overlay", overlay: null });
  const take = ({ key }: PickerOption) => {
    close();
    if (parent !== null) void session.addChildren(asResourceId(parent), [asResourceId(key)]);
  };
  const name = (parent === null ? undefined : node.get(parent)?.label) ?? "";
  return (
    <Dialog label="Add a child" className="palette" onClose={close}>
      <OptionPicker
        label={`Which document becomes a child of ${name}?`}
        placeholder={`Type the document that becomes a child of ${name}`}
        none="No document of the folder has these letters."
        find={(text) =>
          fileOptions(text, node.rows(), ({ key, kind }) => kind === "document" && key !== parent)
        }
        onTake={take}
      />
    </Dialog>
  );
}

import { useState, type ReactNode } from "react";
import { asResourceId, type ResourceId } from "../../model/ids.ts";
import { filePathOf } from "../../model/resource.ts";
import { Dialog } from "../dialog/dialog.tsx";
import { PathText } from "../files/file-row.tsx";
import { fileOptions } from "../palette/file-options.ts";
import { OptionPicker, type PickerOption } from "../palette/option-picker.tsx";
import { useViews } from "../session-context.ts";
import { useWorkbench } from "../workbench.ts";
import { documentOf } from "./document-of.ts";
import "./path.css";

/** Chooses the two ends of a path; the first is what is selected, where that is a document or made from one. */
export function PathChooser(): ReactNode {
  const { state, act } = useWorkbench();
  const { node } = useViews();
  const [from, setFrom] = useState(() => documentOf(node, state.selected));
  const take = ({ key }: PickerOption) => {
    if (from === undefined) setFrom(asResourceId(key));
    else act({ type: "path", ends: { from, to: asResourceId(key) } });
  };
  const end = from === undefined ? "from" : "to";
  return (
    <Dialog
      label="Path between two documents"
      className="palette"
      onClose={() => act({ type: "overlay", overlay: null })}
    >
      <PathStart from={from} onChange={() => setFrom(undefined)} />
      <OptionPicker
        key={end}
        label={`Path ${end} which document?`}
        placeholder={`Type the document that the path leads ${end}`}
        none="No file of the folder has these letters."
        find={(text) => fileOptions(text, node.rows(), ({ key }) => key !== from)}
        onTake={take}
      />
    </Dialog>
  );
}

type PathStartProps = { readonly from: ResourceId | undefined; readonly onChange: () => void };

function PathStart({ from, onChange }: PathStartProps): ReactNode {
  const path = from && filePathOf(from);
  return (
    <div className="path-start">
      <p role="status">
        {path === undefined ? (
          "Choose where the path starts, then where it ends."
        ) : (
          <>
            From{" "}
            <strong>
              <PathText path={path} />
            </strong>
          </>
        )}
      </p>
      {path !== undefined && (
        <button type="button" className="button" onClick={onChange}>
          Change the start
        </button>
      )}
    </div>
  );
}

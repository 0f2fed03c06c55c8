import type { ReactNode } from "react";
import { Dialog } from "../dialog/dialog.tsx";
import { useWorkbench } from "../workbench.ts";
import "./keyboard-help.css";

const keys: readonly (readonly [keys: readonly string[], what: string])[] = [
  [["Ctrl", "K"], "Commands and files by name"],
  [["/"], "Search the files"],
  [["1", "–", "7"], "Graph, Files, Problems, Preview, Runs, History, Diagnostics"],
  [["↑", "↓"], "Move in a list"],
  [["Enter"], "Show the row in the inspector"],
  [["Esc"], "Close what is on top, a path or a reach first"],
  [["+", "–", "0"], "In a timeline: zoom in, out (−), whole run"],
  [["D"], "Developer panel"],
  [["?"], "This help"],
];

/** Every key of the app in one list. */
export function KeyboardHelp(): ReactNode {
  const { act } = useWorkbench();
  const close = () => act({ type: "overlay", overlay: null });
  return (
    <Dialog label="Keyboard help" onClose={close}>
      <div className="dialog-body">
        <h2>Keyboard</h2>
        <dl className="keys">
          {keys.map(([combination, what]) => (
            <div key={what}>
              <dt>{combination.map((key) => (key === "–" ? key : <kbd key={key}>{key}</kbd>))}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <p className="keys-note">On a Mac, Cmd takes the place of Ctrl.</p>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={close}>
            Close
          </button>
        </div>
      </div>
    </Dialog>
  );
}

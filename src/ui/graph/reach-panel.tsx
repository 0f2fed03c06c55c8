import type { ReactNode } from "react";
import { countOf } from "../format/count.ts";
import { IconButton } from "../icons/icon-button.tsx";
import { Icon } from "../icons/icon.tsx";
import { Stop } from "../path/path-panel.tsx";
import { usePanelFocus, type PanelFocus } from "../path/use-panel-focus.ts";
import type { FoundReach } from "./use-reach.ts";
import "../path/path.css";

type ReachPanelProps = PanelFocus & {
  readonly found: FoundReach;
  readonly selected: string | null;
  readonly onStep: (key: string) => void;
  readonly onClose: () => void;
};

/** Nodes named in words; a reach may have thousands. */
const named = 30;

/** What stands out on the graph, in words: how far a change would reach, or the chain of causes. */
export function ReachPanel(props: ReachPanelProps): ReactNode {
  const { found, selected, onStep, onClose } = props;
  const panel = usePanelFocus(props);
  const { reach, keys = [] } = found;
  const shown = reach.what === "why" ? keys : keys.filter((key) => key !== reach.of);
  return (
    <section className="path-panel" aria-label="Reach" tabIndex={-1} ref={panel}>
      <div className="path-panel-head">
        <Icon name="path" />
        <p role="status">{wordsOf(found)}</p>
        <IconButton icon="close" words="Close the reach" title="Close (Esc)" onClick={onClose} />
      </div>
      {shown.length > 0 && (
        <ol className="path-steps" aria-label="Nodes that stand out">
          {shown.slice(0, named).map((key, at) => (
            <li key={key}>
              {reach.what === "why" && at > 0 && <Icon name="forward" size={13} />}
              <Stop id={key} isSelected={key === selected} onStep={onStep} />
            </li>
          ))}
          {shown.length > named && <li>and {countOf(shown.length - named, "other")}</li>}
        </ol>
      )}
    </section>
  );
}

function wordsOf({ reach, keys }: FoundReach): string {
  const { of, what } = reach;
  if (keys === undefined) return `Looking at ${of}…`;
  if (what === "touches") {
    return keys.length < 2
      ? `A change of ${of} would touch nothing else.`
      : `A change of ${of} could touch ${countOf(keys.length - 1, "output")}.`;
  }
  return keys.length < 2
    ? `Nothing else is the cause of ${of}.`
    : `${of} is as it is because of ${keys[0] ?? ""}, in ${countOf(keys.length - 1, "step")}.`;
}

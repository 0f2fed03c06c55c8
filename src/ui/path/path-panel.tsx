import type { ReactNode } from "react";
import { unreachable } from "../../base/invariant.ts";
import type { PathStep } from "../../model/relations.ts";
import { PathText } from "../files/file-row.tsx";
import { countOf } from "../format/count.ts";
import { IconButton } from "../icons/icon-button.tsx";
import { Icon } from "../icons/icon.tsx";
import { useRow } from "../live/use-live-view.ts";
import { stepWords } from "../relations/relation-words.ts";
import { useViews } from "../session-context.ts";
import { StatusIcon, statusWords } from "../status/status-icon.tsx";
import type { PathEnds } from "../workbench.ts";
import { sourcePathOf } from "./document-of.ts";
import { usePanelFocus, type PanelFocus } from "./use-panel-focus.ts";
import type { PathFinding } from "./use-path.ts";
import "./path.css";

type PathPanelProps = PanelFocus & {
  readonly ends: PathEnds;
  readonly finding: PathFinding;
  readonly selected: string | null;
  readonly onStep: (key: string) => void;
  readonly onClose: () => void;
};

/** The way between two documents in words: what was found, and each step to go to. */
export function PathPanel(props: PathPanelProps): ReactNode {
  const { ends, finding, selected, onStep, onClose } = props;
  const panel = usePanelFocus(props);
  const said = findingWords(ends, finding);
  return (
    <section className="path-panel" aria-label="Path" tabIndex={-1} ref={panel}>
      <div className="path-panel-head">
        <Icon name="path" />
        <p role="status">{said}</p>
        <IconButton icon="close" words="Close the path" title="Close (Esc)" onClick={onClose} />
      </div>
      {"steps" in finding && <Steps steps={finding.steps} selected={selected} onStep={onStep} />}
    </section>
  );
}

/** What was found, as one says it. */
function findingWords({ from, to }: PathEnds, finding: PathFinding): string {
  const [start, end] = [sourcePathOf(from), sourcePathOf(to)];
  switch (finding.state) {
    case "looking":
      return `Looking for a path from ${start} to ${end}…`;
    case "there":
      return `A path of ${countOf(finding.steps.length, "step")} from ${start} to ${end}.`;
    case "back":
      return `No path leads from ${start} to ${end}. The other way round, ${end} leads to ${start} in ${countOf(finding.steps.length, "step")}.`;
    case "none":
      return `No path: neither does ${start} lead to ${end}, nor ${end} to ${start}.`;
    case "unanswered":
      return `The engine gave no answer for the path from ${start} to ${end}. It is asked again with the next change.`;
    default:
      return unreachable(finding);
  }
}

type StepsProps = {
  readonly steps: readonly PathStep[];
  readonly selected: string | null;
  readonly onStep: (key: string) => void;
};

function Steps({ steps, selected, onStep }: StepsProps): ReactNode {
  const [first] = steps;
  if (first === undefined) return null;
  const stop = (id: string) => <Stop id={id} isSelected={id === selected} onStep={onStep} />;
  return (
    <ol className="path-steps" aria-label="Steps of the path">
      <li>{stop(first.from)}</li>
      {steps.map(({ to, types }) => (
        <li key={to}>
          <span className="path-words">{stepWords(types)}</span>
          <Icon name="forward" size={13} />
          {stop(to)}
        </li>
      ))}
    </ol>
  );
}

type StopProps = {
  readonly id: string;
  readonly isSelected: boolean;
  readonly onStep: (key: string) => void;
};

/** The name of a node on the way; it goes there. */
export function Stop({ id, isSelected, onStep }: StopProps): ReactNode {
  const row = useRow(useViews().node, id);
  return (
    <button type="button" className="button path-stop" aria-pressed={isSelected} onClick={() => onStep(id)}>
      {row !== undefined && <StatusIcon status={row.status} />}
      {row !== undefined && <span className="visually-hidden">{statusWords[row.status]}: </span>}
      <PathText path={row?.label ?? id} />
    </button>
  );
}

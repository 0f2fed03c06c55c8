import type { ReactNode, Ref } from "react";
import { StatusIcon, statusOrder, statusWords } from "../status/status-icon.tsx";

type GraphToolbarProps = {
  readonly links: boolean;
  readonly focused: boolean;
  readonly canFocus: boolean;
  onLinks(shown: boolean): void;
  onFocus(focused: boolean): void;
  onFit(): void;
  onZoom(factor: number): void;
  onPath(): void;
  /** Where the focus goes when the path is closed. */
  readonly pathButton: Ref<HTMLButtonElement>;
};

/** What one can do with the drawing, and what its signs mean. */
export function GraphToolbar(props: GraphToolbarProps): ReactNode {
  const { links, focused, canFocus, onLinks, onFocus, onFit, onZoom, onPath, pathButton } = props;
  return (
    <div className="graph-toolbar" role="toolbar" aria-label="Graph">
      <button type="button" className="button" onClick={onFit}>
        Fit
      </button>
      <button type="button" className="button" onClick={() => onZoom(1.4)} aria-label="Zoom in">
        +
      </button>
      <button type="button" className="button" onClick={() => onZoom(1 / 1.4)} aria-label="Zoom out">
        −
      </button>
      <button
        type="button"
        className="button"
        aria-pressed={focused}
        disabled={!canFocus && !focused}
        onClick={() => onFocus(!focused)}
      >
        Focus on selection
      </button>
      <button type="button" className="button" aria-pressed={links} onClick={() => onLinks(!links)}>
        Plain links
      </button>
      <button type="button" className="button" onClick={onPath} ref={pathButton}>
        Path…
      </button>
      <ul className="graph-legend" aria-label="Signs">
        {statusOrder.map((status) => (
          <li key={status}>
            <StatusIcon status={status} />
            {statusWords[status]}
          </li>
        ))}
      </ul>
    </div>
  );
}

import type { ReactNode } from "react";
import type { LiveViews } from "../../session/contract.ts";
import { useRow } from "../live/use-live-view.ts";
import { kindWords } from "../status/kind-words.ts";
import { statusWords } from "../status/status-icon.tsx";
import { neighboursOf, type Scene } from "./scene.ts";

type SelectionNoteProps = {
  readonly views: LiveViews;
  readonly scene: Scene;
  readonly selected: string | null;
};

/** Says what the selected node is, for those who cannot see the drawing. */
export function SelectionNote({ views, scene, selected }: SelectionNoteProps): ReactNode {
  const row = useRow(views.node, selected);
  const node = selected === null ? undefined : scene.indexOf.get(selected);
  if (row === undefined || node === undefined) return <p className="visually-hidden" role="status" />;
  const { before, after } = neighboursOf(scene, node);
  return (
    <p className="visually-hidden" role="status">
      {`${kindWords[row.kind]} ${row.label}, ${statusWords[row.status]}, generation ${row.generation}. `}
      {`Waits for ${before.length}; ${after.length} wait for it.`}
    </p>
  );
}

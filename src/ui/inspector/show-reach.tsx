import type { ReactNode } from "react";
import { asResourceId } from "../../model/ids.ts";
import { Icon } from "../icons/icon.tsx";
import { useWorkbench, type Reach } from "../workbench.ts";

type ShowReachProps = { readonly of: string; readonly what: Reach["what"]; readonly words: string };

/** Lets what a node touches, or why it is as it is, stand out on the graph. */
export function ShowReach({ of, what, words }: ShowReachProps): ReactNode {
  const { act } = useWorkbench();
  const reach = { of: asResourceId(of), what };
  return (
    <button type="button" className="button show-reach" onClick={() => act({ type: "reach", reach })}>
      <Icon name="path" />
      {words}
    </button>
  );
}

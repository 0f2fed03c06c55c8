import type { StateCore } from "markdown-it";

/**
 * List items that begin with `[ ]`, `[x]`, or Obsidian's `[/]` (begun) and `[-]` (dropped) become tasks: the item gets
 * a class, and its inline a token in front. Run behind the inline rule.
 */
export function findTasks(state: StateCore): void {
  const { tokens } = state;
  for (let i = 2; i < tokens.length; i++) {
    const inline = tokens[i];
    const item = tokens[i - 2];
    if (inline?.type !== "inline" || item?.type !== "list_item_open" || inline.children === null) continue;
    const first = inline.children[0];
    const match = first?.type === "text" ? /^\[([ xX/-])\](?:\s+|$)/.exec(first.content) : null;
    if (first === undefined || match === null) continue;
    first.content = first.content.slice(match[0].length);
    const box = new state.Token("task_box", "", 0);
    box.info = match[1]?.toLowerCase() ?? " ";
    inline.children.unshift(box);
    item.attrJoin("class", "task");
  }
}

/** A box that shows the state of a task and cannot be changed. */
export function taskBox(sign: string): string {
  const checked = sign === "x" ? " checked" : "";
  const state = sign === "/" || sign === "-" ? ` data-task="${sign === "/" ? "begun" : "dropped"}"` : "";
  return `<input type="checkbox" disabled${checked}${state} aria-label="${labels[sign] ?? "To do"}"> `;
}

const labels: Readonly<Record<string, string>> = { x: "Done", "/": "Begun", "-": "Dropped" };

import type { Fault } from "../base/fault.ts";
import type { ProjectPath } from "../base/project-path.ts";
import type { LayoutTemplate } from "../documents/layout-template.ts";
import type { TaskContext } from "./contract.ts";
import { decodeText } from "./decode-text.ts";
import { readSource, type ReadLog } from "./read-source.ts";
import type { RenderPageInput } from "./render-page/spec.ts";

export type LayoutRead =
  | { readonly ok: true; readonly layout: LayoutTemplate | null; readonly read: readonly ProjectPath[] }
  | { readonly ok: false; readonly fault: Fault };

/** The layouts of a batch, each read once. */
export async function readLayouts(
  layouts: readonly RenderPageInput["layout"][],
  { artifacts }: Pick<TaskContext, "artifacts">,
): Promise<readonly LayoutRead[]> {
  const known = new Map<ProjectPath, Promise<LayoutRead>>();
  const read = async (layout: NonNullable<RenderPageInput["layout"]>): Promise<LayoutRead> => {
    const reads: ReadLog = new Set();
    const source = await readSource(layout.path, layout.bytes, { artifacts, reads });
    if (!source.ok) return source;
    return { ok: true, layout: { path: layout.path, text: decodeText(source.bytes).text }, read: [...reads] };
  };
  const all = layouts.map((layout) => {
    if (layout === null) return Promise.resolve<LayoutRead>({ ok: true, layout: null, read: [] });
    const pending = known.get(layout.path) ?? read(layout);
    known.set(layout.path, pending);
    return pending;
  });
  return Promise.all(all);
}

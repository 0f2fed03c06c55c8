import type { CommandOf, CommandType, ProjectSummary, Replies } from "../model/wire.ts";
import { expectArtifacts } from "../store/artifacts.ts";
import type { OpenProjects } from "./open-projects.ts";
import { OutputPages } from "./output-pages.ts";
import type { EnginePorts } from "./ports.ts";
import type { ProjectState } from "./project-state.ts";

type PortableType =
  | "project-summary"
  | "log-page"
  | "output-page"
  | "load"
  | "expect-artifacts"
  | "adopt-outputs"
  | "recall";

type Handlers = {
  readonly [T in PortableType & CommandType]: (command: CommandOf<T>) => Promise<Replies[T]>;
};

/** Operations in a page: about 2 MB. */
const operationsAtOnce = 2_000;
/** Outputs in a page: each has the list of all that its key covers. */
const outputsAtOnce = 1_000;

/** The commands by which a whole project leaves one browser and comes into another. */
export function portableHandlers(projects: OpenProjects, { store }: Pick<EnginePorts, "store">): Handlers {
  const pages = new WeakMap<ProjectState, OutputPages>();
  return {
    "project-summary": async ({ projectId }) => summarize((await projects.find(projectId)).state),
    "log-page": async ({ projectId, after, until }) => {
      const { operations } = (await projects.find(projectId)).state.log;
      const page = await operations.getSinceId(after, { projectId, limit: operationsAtOnce });
      return { operations: page.filter(({ id }) => id <= until) };
    },
    "output-page": async ({ projectId, after }) => {
      const { state } = await projects.find(projectId);
      const outputs = pages.get(state) ?? new OutputPages(state.outputs, outputsAtOnce);
      pages.set(state, outputs);
      return { outputs: outputs.page(after) };
    },
    load: async ({ projectId, operations }) => (await projects.find(projectId)).load(operations),
    "expect-artifacts": async ({ artifacts }) => {
      await store.transaction((db) => expectArtifacts(db, artifacts));
      return {};
    },
    "adopt-outputs": async ({ projectId, outputs, as }) => {
      await (await projects.find(projectId)).adopt(outputs, as);
      return {};
    },
    recall: async ({ projectId, settings }) => {
      await (await projects.find(projectId)).recall(settings);
      return {};
    },
  };
}

async function summarize(state: ProjectState): Promise<ProjectSummary> {
  const { projectId, outputs, derived, settings } = state;
  const sizes = new Map([...outputs.values()].map(({ artifact }) => [artifact?.hash, artifact?.size ?? 0]));
  sizes.delete(undefined);
  return {
    ...(await state.log.operations.count(projectId)),
    outputs: outputs.size,
    artifacts: sizes.size,
    bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
    settings: derived === null ? null : settings,
  };
}

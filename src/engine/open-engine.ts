import type { ProjectId } from "../model/ids.ts";
import type { Command, CommandOf, CommandType, Replies, Reply } from "../model/wire.ts";
import { getGraphSnapshot, listGraphSnapshots } from "../store/graph-snapshots.ts";
import { deleteProject } from "../store/projects.ts";
import { answerPath, answerRelations } from "./answer-relations.ts";
import { collectGarbage } from "./collect.ts";
import { CommandFault } from "./command-fault.ts";
import { engineFault, unknownGraph } from "./faults.ts";
import { compareWithKept, diagnose } from "./diagnose.ts";
import { historyHandlers } from "./history.ts";
import { inspectResource } from "./inspect.ts";
import type { EnginePorts } from "./ports.ts";
import { portableHandlers } from "./portable.ts";
import { runHandlers } from "./run-tasks.ts";
import { changeChildren, findWrite } from "./write-log.ts";
import { writeGraph } from "./write-graph.ts";
import { OpenProjects } from "./open-projects.ts";
import { StoredTotal } from "./stored-total.ts";
import { getWorkSchedule } from "./work-schedule.ts";

/** The engine: projects side by side, each with one writer, driven by commands. */
export type Engine = {
  /** Carries out a command. Never rejects: what goes wrong is the reply's fault. */
  command<T extends CommandType>(command: CommandOf<T>): Promise<Reply<T>>;
};

type Handlers = { readonly [T in CommandType]: (command: CommandOf<T>) => Promise<Replies[T]> };

/** Opens the engine on its ports. */
export function openEngine(ports: EnginePorts): Engine {
  const projects = new OpenProjects(ports);
  const handlers = createHandlers(projects, ports);
  const stored = new StoredTotal(projects, ports);
  return {
    command: async <T extends CommandType>(command: CommandOf<T>): Promise<Reply<T>> => {
      // The table has a handler of the right type for each command; TypeScript cannot follow that through T.
      const handle = handlers[(command as Command).type] as unknown as (
        command: CommandOf<T>,
      ) => Promise<Replies[T]>;
      try {
        const value = await handle(command);
        if (storing.has(command.type)) await stored.tell();
        return { ok: true, value };
      } catch (error) {
        const fault =
          error instanceof CommandFault ? error.fault : engineFault(`The command ${command.type}`, error);
        return { ok: false, fault };
      }
    },
  };
}

/** What may store artifacts or free some, or have somebody look at how many there are. */
const storing: ReadonlySet<CommandType> = new Set<CommandType>([
  "build",
  "collect",
  "delete-project",
  "expect-artifacts",
  "adopt-outputs",
  "register-view",
]);

function createHandlers(projects: OpenProjects, ports: EnginePorts): Handlers {
  return {
    "open-project": async ({ projectId, name }) => (await projects.open(projectId, name)).opened(),
    intake: async (command) => (await projects.find(command.projectId)).intake(command),
    build: async ({ projectId, root, force, failed }) => ({
      run: await (await projects.find(projectId)).build({ root, force, failed }),
    }),
    ...planHandlers(projects),
    cancel: async ({ projectId }) => ({ cancelled: await (await projects.find(projectId)).cancel() }),
    collect: async ({ projectId }) => (await projects.find(projectId)).collect(),
    inspect: async ({ projectId, resourceId }) => {
      const { state, derived } = await projects.read(projectId);
      return inspectResource(state, derived, { resourceId, hasher: ports.hasher });
    },
    ...relationHandlers(projects),
    ...graphHandlers(projects, ports),
    ...historyHandlers(projects, ports),
    ...runHandlers(projects, ports),
    ...portableHandlers(projects, ports),
    "add-children": async (command) => {
      const { state } = await projects.find(command.projectId);
      return { job: await changeChildren(state.log, command) };
    },
    "remove-children": async (command) => {
      const { state } = await projects.find(command.projectId);
      return { job: await changeChildren(state.log, command) };
    },
    "write-status": async ({ projectId, jobId }) => {
      const { state } = await projects.find(projectId);
      return { job: await findWrite(state.log, jobId) };
    },
    site: async ({ projectId }) => ({ files: await ports.site.list(projectId) }),
    "close-project": async ({ projectId }) => {
      await projects.close(projectId);
      return {};
    },
    "delete-project": async ({ projectId }) => {
      await projects.close(projectId);
      await ports.site.clear(projectId);
      await deleteProject(ports.store, projectId);
      await collectGarbage(ports);
      return {};
    },
    snapshot: async ({ projectId }) => ({ deltas: ports.views.snapshot(projectId) }),
    ...viewHandlers(ports),
  };
}

function viewHandlers({ views }: EnginePorts): Pick<Handlers, "register-view" | "unregister-view"> {
  return {
    "register-view": async ({ projectId, view, definition }) => {
      const fault = views.register(projectId, view, definition);
      if (fault !== null) throw new CommandFault(fault);
      return {};
    },
    "unregister-view": async ({ projectId, view }) => {
      views.unregister(projectId, view);
      return {};
    },
  };
}

function planHandlers(projects: OpenProjects): Pick<Handlers, "plan" | "work-schedule"> {
  return {
    plan: async (command) => (await projects.find(command.projectId)).plan(command),
    "work-schedule": async ({ projectId, root }) => {
      const { derived } = await projects.read(projectId);
      return getWorkSchedule(derived, root ?? undefined);
    },
  };
}

function relationHandlers(projects: OpenProjects): Pick<Handlers, "relations" | "find-path"> {
  const indexerOf = async (projectId: ProjectId) => (await projects.find(projectId)).state.log.indexer;
  return {
    relations: async (command) => answerRelations(await indexerOf(command.projectId), command),
    "find-path": async (command) => answerPath(await indexerOf(command.projectId), command),
  };
}

function graphHandlers(
  projects: OpenProjects,
  { store }: Pick<EnginePorts, "store">,
): Pick<Handlers, "diagnostics" | "compare-graph" | "export-graph"> {
  return {
    diagnostics: async ({ projectId }) => {
      const { state, derived } = await projects.read(projectId);
      return diagnose(state, derived, await listGraphSnapshots(store, projectId));
    },
    "compare-graph": async ({ projectId, signature }) => {
      const { derived } = await projects.read(projectId);
      const kept = await getGraphSnapshot(store, projectId, signature);
      if (kept === undefined) throw new CommandFault(unknownGraph(signature));
      return compareWithKept(derived, kept);
    },
    "export-graph": async ({ projectId, format }) => {
      const { state, derived } = await projects.read(projectId);
      return writeGraph(derived.schedule.graph, format, state.name);
    },
  };
}

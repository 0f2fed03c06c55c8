import type { ProjectId } from "../model/ids.ts";
import type { Command, CommandOf, CommandType, Replies, Reply } from "../model/wire.ts";
import { deleteProject } from "../store/projects.ts";
import { collectGarbage } from "./collect.ts";
import { CommandFault } from "./command-fault.ts";
import { engineFault, unknownProject } from "./faults.ts";
import { inspectResource } from "./inspect.ts";
import type { EnginePorts } from "./ports.ts";
import { openProjectState } from "./project-state.ts";
import { ProjectEngine } from "./project-engine.ts";

/** The engine: projects side by side, each with one writer, driven by commands. */
export type Engine = {
  /** Carries out a command. Never rejects: what goes wrong is the reply's fault. */
  command<T extends CommandType>(command: CommandOf<T>): Promise<Reply<T>>;
};

type Handlers = { readonly [T in CommandType]: (command: CommandOf<T>) => Promise<Replies[T]> };

/** Opens the engine on its ports. */
export function openEngine(ports: EnginePorts): Engine {
  const handlers = createHandlers(ports);
  return {
    command: async <T extends CommandType>(command: CommandOf<T>): Promise<Reply<T>> => {
      // The table has a handler of the right type for each command; TypeScript cannot follow that through T.
      const handle = handlers[(command as Command).type] as unknown as (
        command: CommandOf<T>,
      ) => Promise<Replies[T]>;
      try {
        return { ok: true, value: await handle(command) };
      } catch (error) {
        const fault =
          error instanceof CommandFault ? error.fault : engineFault(`The command ${command.type}`, error);
        return { ok: false, fault };
      }
    },
  };
}

function createHandlers(ports: EnginePorts): Handlers {
  const projects = new Map<ProjectId, Promise<ProjectEngine>>();
  const open = (projectId: ProjectId, name: string) => {
    const known = projects.get(projectId);
    if (known !== undefined) return known;
    const opening = openProjectState(projectId, name, ports).then((state) => new ProjectEngine(state, ports));
    projects.set(projectId, opening);
    opening.catch(() => projects.delete(projectId));
    return opening;
  };
  const find = async (projectId: ProjectId) => {
    const project = await projects.get(projectId);
    if (project === undefined) throw new CommandFault(unknownProject(projectId));
    return project;
  };
  const close = async (projectId: ProjectId) => {
    const project = await projects.get(projectId);
    projects.delete(projectId);
    await project?.close();
    ports.views.clear(projectId);
  };
  return {
    "open-project": async ({ projectId, name }) => (await open(projectId, name)).opened(),
    intake: async (command) => (await find(command.projectId)).intake(command),
    build: async ({ projectId, root, force }) => ({
      run: await (await find(projectId)).build({ root, force }),
    }),
    cancel: async ({ projectId }) => ({ cancelled: (await find(projectId)).cancel() }),
    inspect: async ({ projectId, resourceId }) => {
      const project = await find(projectId);
      return inspectResource(project.state, project.derived(), resourceId);
    },
    site: async ({ projectId }) => ({ files: await ports.site.list(projectId) }),
    "close-project": async ({ projectId }) => {
      await close(projectId);
      return {};
    },
    "delete-project": async ({ projectId }) => {
      await close(projectId);
      await ports.site.clear(projectId);
      await deleteProject(ports.store, projectId);
      await collectGarbage(ports);
      return {};
    },
    snapshot: async ({ projectId }) => ({ deltas: ports.views.snapshot(projectId) }),
  };
}

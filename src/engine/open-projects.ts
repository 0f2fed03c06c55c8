import type { ProjectId } from "../model/ids.ts";
import { CommandFault } from "./command-fault.ts";
import { unknownProject } from "./faults.ts";
import type { EnginePorts } from "./ports.ts";
import { ProjectEngine } from "./project-engine.ts";
import { openProjectState, type Derived, type ProjectState } from "./project-state.ts";

/** The projects that are open, each with one engine. */
export class OpenProjects {
  readonly #ports: EnginePorts;
  readonly #engines = new Map<ProjectId, Promise<ProjectEngine>>();
  /** Projects whose engines come to their end: the next one waits for it. */
  readonly #closing = new Map<ProjectId, Promise<void>>();

  constructor(ports: EnginePorts) {
    this.#ports = ports;
  }

  /** Opens a project, unless it is open. */
  open(projectId: ProjectId, name: string): Promise<ProjectEngine> {
    const known = this.#engines.get(projectId);
    if (known !== undefined) return known;
    const ports = this.#ports;
    const closed = this.#closing.get(projectId) ?? Promise.resolve();
    const opening = closed
      .then(() => openProjectState(projectId, name, ports))
      .then((state) => new ProjectEngine(state, ports));
    this.#engines.set(projectId, opening);
    opening.catch(() => this.#engines.delete(projectId));
    return opening;
  }

  get ids(): readonly ProjectId[] {
    return [...this.#engines.keys()];
  }

  /** Throws a `CommandFault` for a project that is not open. */
  async find(projectId: ProjectId): Promise<ProjectEngine> {
    const project = await this.#engines.get(projectId);
    if (project === undefined) throw new CommandFault(unknownProject(projectId));
    return project;
  }

  /** What there is to read of a project. Throws a `CommandFault` before its folder was read. */
  async read(projectId: ProjectId): Promise<{ readonly state: ProjectState; readonly derived: Derived }> {
    const project = await this.find(projectId);
    return { state: project.state, derived: project.derived() };
  }

  /** Ends what a project does and forgets it; nothing where it is not open. */
  close(projectId: ProjectId): Promise<void> {
    const engine = this.#engines.get(projectId);
    if (engine === undefined) return this.#closing.get(projectId) ?? Promise.resolve();
    this.#engines.delete(projectId);
    const closing = this.#end(projectId, engine).finally(() => {
      if (this.#closing.get(projectId) === closing) this.#closing.delete(projectId);
    });
    this.#closing.set(projectId, closing);
    return closing;
  }

  async #end(projectId: ProjectId, engine: Promise<ProjectEngine>): Promise<void> {
    const project = await engine.catch(() => undefined);
    await project?.close();
    this.#ports.views.clear(projectId);
  }
}

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

  constructor(ports: EnginePorts) {
    this.#ports = ports;
  }

  /** Opens a project, unless it is open. */
  open(projectId: ProjectId, name: string): Promise<ProjectEngine> {
    const known = this.#engines.get(projectId);
    if (known !== undefined) return known;
    const ports = this.#ports;
    const opening = openProjectState(projectId, name, ports).then((state) => new ProjectEngine(state, ports));
    this.#engines.set(projectId, opening);
    opening.catch(() => this.#engines.delete(projectId));
    return opening;
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
  async close(projectId: ProjectId): Promise<void> {
    const project = await this.#engines.get(projectId);
    this.#engines.delete(projectId);
    await project?.close();
    this.#ports.views.clear(projectId);
  }
}

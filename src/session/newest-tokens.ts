import type { ProjectId } from "../model/ids.ts";
import type { ConsistencyToken } from "../model/operation.ts";

/**
 * The newest token that the engine gave for each project. Asked with it, a question about relationships is never
 * answered from before what this page told the engine last.
 */
export class NewestTokens {
  readonly #tokens = new Map<ProjectId, ConsistencyToken>();

  /** An intake that recorded nothing has no token, and the one before it stays the newest. */
  note(token: ConsistencyToken | null): void {
    if (token !== null) this.#tokens.set(token.projectId, token);
  }

  of(projectId: ProjectId): ConsistencyToken | null {
    return this.#tokens.get(projectId) ?? null;
  }

  forget(projectId: ProjectId): void {
    this.#tokens.delete(projectId);
  }
}

import type { Fault } from "../base/fault.ts";
import type { ProjectId } from "../model/ids.ts";
import type { CommandOf, CommandType, Replies, Reply } from "../model/wire.ts";
import type { EngineLink } from "./engine-link.ts";
import { engineChangedCode, noAnswer } from "./session-faults.ts";
import type { SessionStore } from "./session-store.ts";

/** What questions are asked with. */
export type QuestionParts = {
  readonly link: Pick<EngineLink, "command">;
  readonly store: Pick<SessionStore, "notify">;
  /** The open project, or `undefined` while there is none. */
  readonly projectId: () => ProjectId | undefined;
};

/** Makes the command for the open project. */
export type Question<T extends CommandType> = (projectId: ProjectId) => CommandOf<T>;

/** Questions about the open project. An answer is `undefined` when there is none, or no project. */
export class Questions {
  readonly #parts: QuestionParts;

  constructor(parts: QuestionParts) {
    this.#parts = parts;
  }

  /** For what the page shows by itself and asks again anyway: trouble stays silent. */
  async ask<T extends CommandType>(question: Question<T>): Promise<Replies[T] | undefined> {
    const reply = await this.#reply(question);
    return reply?.ok ? reply.value : undefined;
  }

  /** For what a person clicked and waits for: trouble becomes a notice. */
  async askForPerson<T extends CommandType>(question: Question<T>): Promise<Replies[T] | undefined> {
    const reply = await this.#reply(question);
    if (reply?.ok === false) this.#parts.store.notify(said(reply.fault));
    return reply?.ok ? reply.value : undefined;
  }

  async #reply<T extends CommandType>(question: Question<T>): Promise<Reply<T> | undefined> {
    const projectId = this.#parts.projectId();
    return projectId && this.#parts.link.command<T>(question(projectId));
  }
}

/** The project is opened again by itself after its engine's end; a click is not made again. */
function said(fault: Fault): Fault {
  return fault.code === engineChangedCode ? noAnswer : fault;
}

import type { Fault } from "../base/fault.ts";
import type { ProjectId } from "../model/ids.ts";
import type { SettledJob } from "../model/write-job.ts";
import type { CommandOf, Reply } from "../model/wire.ts";
import type { EngineLink } from "./engine-link.ts";
import type { NewestTokens } from "./newest-tokens.ts";
import { engineChangedCode, noAnswer, projectNotOpenCode } from "./session-faults.ts";
import type { SessionStore } from "./session-store.ts";

/** What writes are made with. */
export type ChildWritesParts = {
  readonly link: Pick<EngineLink, "command">;
  readonly store: Pick<SessionStore, "get" | "set" | "notify">;
  readonly tokens: Pick<NewestTokens, "note">;
  /** The open project, or `undefined` while there is none. */
  readonly projectId: () => ProjectId | undefined;
  /** Resolves after some milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
};

type ChildCommand = CommandOf<"add-children" | "remove-children">;
type Change = Pick<ChildCommand, "type" | "parentId" | "childIds">;
type JobReply = Reply<"add-children">;

/** Milliseconds from one look for an engine that has the project to the next. */
const pause = 100;
/** Looks before the write is given up: a minute, in which an engine starts anew. */
const patience = 600;

/**
 * Writes of a person to the relationships of the open project. Each has an id of its own: when its engine ends before
 * it answers, the next one is asked what became of the write, and carries it out unless it was.
 */
export class ChildWrites {
  readonly #parts: ChildWritesParts;

  constructor(parts: ChildWritesParts) {
    this.#parts = parts;
  }

  /** Resolves with how the write ended, or with `undefined` when that is not known. Trouble becomes a notice. */
  async make({ type, parentId, childIds }: Change): Promise<SettledJob | undefined> {
    const { store, tokens } = this.#parts;
    const projectId = this.#parts.projectId();
    if (projectId === undefined) return undefined;
    const reply = await this.#carryOut({ type, projectId, parentId, childIds, jobId: crypto.randomUUID() });
    if (!reply.ok) {
      store.notify(said(reply.fault));
      return undefined;
    }
    const { job } = reply.value;
    if (job.status === "FAILED") store.notify(job.fault);
    else {
      tokens.note(job.consistencyToken);
      store.set({ writes: store.get().writes + 1 });
    }
    return job;
  }

  async #carryOut(command: ChildCommand): Promise<JobReply> {
    const { link, wait, projectId } = this.#parts;
    let reply: JobReply = await link.command<ChildCommand["type"]>(command);
    for (let looks = 0; looks < patience && isUnanswered(reply); looks++) {
      // A project that was closed meanwhile is not written to behind the person's back.
      if (projectId() !== command.projectId) return reply;
      await wait(pause);
      reply = await this.#askOrSendAgain(command);
    }
    return reply;
  }

  async #askOrSendAgain(command: ChildCommand): Promise<JobReply> {
    const { link } = this.#parts;
    const { projectId, jobId } = command;
    const status = await link.command<"write-status">({ type: "write-status", projectId, jobId });
    if (!status.ok) return status;
    const { job } = status.value;
    if (job?.status === "COMPLETED" || job?.status === "FAILED") return { ok: true, value: { job } };
    return link.command<ChildCommand["type"]>(command);
  }
}

/** Whether no engine has the project now; one will. */
function isUnanswered(reply: JobReply): boolean {
  return !reply.ok && (reply.fault.code === engineChangedCode || reply.fault.code === projectNotOpenCode);
}

function said(fault: Fault): Fault {
  return fault.code === engineChangedCode ? noAnswer : fault;
}

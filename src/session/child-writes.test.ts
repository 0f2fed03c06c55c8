import { expect, it } from "vitest";
import { asProjectId, asResourceId, type ProjectId } from "../model/ids.ts";
import type { SettledJob } from "../model/write-job.ts";
import type { CommandOf, CommandType, Reply } from "../model/wire.ts";
import { ChildWrites } from "./child-writes.ts";
import { NewestTokens } from "./newest-tokens.ts";
import { engineChanged } from "./session-faults.ts";
import type { SessionState } from "./contract.ts";

const projectId = asProjectId("p");
const [parentId, childId] = [asResourceId("file:a.md"), asResourceId("file:b.md")];
const change = { type: "add-children", parentId, childIds: [childId] } as const;
const gone = { ok: false, fault: engineChanged } as const;
const notOpen = {
  ok: false,
  fault: { code: "unknown-project", severity: "error", message: "p is not open.", remedy: "" },
} as const;

/** What an engine does with one command; `carries out`: it writes and answers. */
type Turn = "carries out" | "writes and ends" | "ends" | "is not there" | "has not opened it" | "refuses";

/** A session on engines that write each job at most once, as the log does, and end when `turns` say so. */
function onEngines(turns: readonly Turn[], open: (asked: number) => ProjectId | undefined = () => projectId) {
  const asked: string[] = [];
  const log: string[] = [];
  const jobs = new Map<string, SettledJob>();
  const write = ({ jobId }: { readonly jobId: string }, refused: boolean): SettledJob => {
    const known = jobs.get(jobId);
    if (known !== undefined) return known;
    const ended: SettledJob = refused
      ? { id: jobId, kind: "add-children", status: "FAILED", fault: { ...engineChanged, code: "refused" } }
      : {
          ...{ id: jobId, kind: "add-children", status: "COMPLETED", appended: 1 },
          consistencyToken: {
            projectId,
            coordinates: [
              { documentId: parentId, scope: "document", branch: "main", operationIndex: log.length },
            ],
          },
        };
    if (!refused) log.push(jobId);
    jobs.set(jobId, ended);
    return ended;
  };
  const command = async <T extends CommandType>(sent: CommandOf<T>): Promise<Reply<T>> => {
    const turn = turns[asked.length] ?? "carries out";
    asked.push(sent.type);
    if (!("jobId" in sent)) throw new Error("only writes are sent here");
    if (turn === "is not there" || turn === "ends") return gone;
    if (turn === "has not opened it") return notOpen;
    if (sent.type === "write-status")
      return { ok: true, value: { job: jobs.get(sent.jobId) ?? null } } as Reply<T>;
    const job = write(sent, turn === "refuses");
    return turn === "writes and ends" ? gone : ({ ok: true, value: { job } } as Reply<T>);
  };
  let state = { writes: 0 } as SessionState;
  const notices: string[] = [];
  const store = {
    get: () => state,
    set: (next: Partial<SessionState>) => void (state = { ...state, ...next }),
    notify: ({ code }: { readonly code: string }) => void notices.push(code),
  };
  const tokens = new NewestTokens();
  const writes = new ChildWrites({
    ...{ link: { command }, store, tokens },
    projectId: () => open(asked.length),
    wait: async () => {},
  });
  return { writes, asked, log, notices, tokens, state: () => state };
}

it("[N21] writes once and keeps the token, and tells whoever shows relationships", async () => {
  const { writes, asked, log, tokens, state, notices } = onEngines([]);
  const job = await writes.make(change);
  expect(job?.status).toBe("COMPLETED");
  expect([asked, log.length, state().writes, notices]).toEqual([["add-children"], 1, 1, []]);
  expect(tokens.of(projectId)).toEqual(job?.status === "COMPLETED" && job.consistencyToken);
});

const ends: readonly (readonly [Turn[], string[]])[] = [
  [["writes and ends"], ["add-children", "write-status"]],
  [["ends"], ["add-children", "write-status", "add-children"]],
  [
    ["ends", "is not there", "has not opened it"],
    ["add-children", "write-status", "write-status", "write-status", "add-children"],
  ],
  [["has not opened it"], ["add-children", "write-status", "add-children"]],
  [
    ["ends", "carries out", "writes and ends"],
    ["add-children", "write-status", "add-children", "write-status"],
  ],
];

it.each(ends)("[N21] writes exactly once over engines of which the first %j", async (turns, expected) => {
  const { writes, asked, log, notices } = onEngines(turns);
  expect((await writes.make(change))?.status).toBe("COMPLETED");
  expect(asked).toEqual(expected);
  expect(log).toHaveLength(1);
  expect(notices).toEqual([]);
});

it("[N21] asks under the same id again, and under another one for another write", async () => {
  const { writes, log } = onEngines(["writes and ends", "is not there", "ends"]);
  const [first, second] = [await writes.make(change), await writes.make(change)];
  expect(log).toEqual([first?.id, second?.id]);
  expect(first?.id).not.toBe(second?.id);
});

it("[N21] tells a person of a refusal", async () => {
  const { writes, notices, tokens, state } = onEngines(["refuses"]);
  expect((await writes.make(change))?.status).toBe("FAILED");
  expect([notices, tokens.of(projectId), state().writes]).toEqual([["refused"], null, 0]);
});

it("[N21] does not write to a project that was closed meanwhile, and says so", async () => {
  const { writes, asked, log, notices } = onEngines(["ends"], (sent) => (sent < 1 ? projectId : undefined));
  expect(await writes.make(change)).toBeUndefined();
  expect([asked, log, notices]).toEqual([["add-children"], [], ["no-answer"]]);
});

it("[N21] gives up when no engine comes back, and says so", async () => {
  const never = Array.from({ length: 2_000 }, (): Turn => "is not there");
  const { writes, log, notices } = onEngines(never);
  expect(await writes.make(change)).toBeUndefined();
  expect([log, notices]).toEqual([[], ["no-answer"]]);
});

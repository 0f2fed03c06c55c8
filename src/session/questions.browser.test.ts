import { expect, it } from "vitest";
import { asProjectId, type ProjectId } from "../model/ids.ts";
import type { CommandOf, CommandType, Reply } from "../model/wire.ts";
import { Questions, type Question } from "./questions.ts";
import { engineChanged } from "./session-faults.ts";
import { SessionStore } from "./session-store.ts";

const fault = { code: "no-folder-read", severity: "error", message: "No.", remedy: "Read." } as const;
const exportGraph: Question<"export-graph"> = (projectId) => ({
  type: "export-graph",
  projectId,
  format: "dot",
});

/** Questions to an engine that always gives the same answer. */
function toEngine(answer: Reply<CommandType>, projectId: ProjectId | undefined = asProjectId("p")) {
  const store = new SessionStore("single");
  const link = { command: async <T extends CommandType>(_: CommandOf<T>) => answer as Reply<T> };
  return { store, questions: new Questions({ link, store, projectId: () => projectId }) };
}

const codes = (store: SessionStore) => store.get().notices.map(({ code }) => code);

it("[N12] tells a person why what they clicked gave nothing", async () => {
  const { store, questions } = toEngine({ ok: false, fault });
  expect(await questions.askForPerson(exportGraph)).toBeUndefined();
  expect(store.get().notices).toMatchObject([fault]);
});

it("[N12] tells a person that their click got no answer from an engine that ended", async () => {
  const { store, questions } = toEngine({ ok: false, fault: engineChanged });
  expect(await questions.askForPerson(exportGraph)).toBeUndefined();
  expect(codes(store)).toEqual(["no-answer"]);
});

it("[N12] is silent about what the page asks by itself", async () => {
  const { store, questions } = toEngine({ ok: false, fault });
  expect(await questions.ask(exportGraph)).toBeUndefined();
  expect(codes(store)).toEqual([]);
});

it("[N12] gives the answer, and nothing while no project is open", async () => {
  const value = { fileName: "graph.dot", mediaType: "text/plain", text: "digraph {}" };
  const { store, questions } = toEngine({ ok: true, value });
  expect(await questions.askForPerson(exportGraph)).toEqual(value);
  expect(await questions.ask(exportGraph)).toEqual(value);
  const none = new Questions({
    link: { command: () => Promise.reject(new Error("There is no project to ask about.")) },
    store,
    projectId: () => undefined,
  });
  expect(await none.askForPerson(exportGraph)).toBeUndefined();
  expect(codes(store)).toEqual([]);
});

import { expect, it } from "vitest";
import { createMemoryStores } from "../artifacts/memory-stores.ts";
import { parseProjectPath, type ProjectPath } from "../base/project-path.ts";
import { loadHasher } from "../base/xxhash.ts";
import { deriveBlueprint } from "../engine/blueprint.ts";
import { DerivationMemory } from "../engine/derivation-memory.ts";
import { changedLabels } from "../engine/explain.ts";
import { createDigest, keyParts, specOf } from "../engine/key-parts.ts";
import { scanFiles } from "../engine/scan-files.ts";
import { scheduleTargets } from "../engine/schedule-targets.ts";
import { taskItem, transcodeItem, type Inputs } from "../engine/task-item.ts";
import type { Target } from "../engine/target.ts";
import { asJobId, asSitePath, type ResourceId } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import { fileId } from "../model/resource.ts";
import { defaultSettings } from "../model/settings.ts";
import { createLocalRunner } from "./local-runner.ts";
import { pngOf, withStubPictures } from "./testing/stub-pictures.ts";
import { TestFolder } from "./testing/test-folder.ts";

const hasher = await loadHasher();
const { artifacts, highlighted } = createMemoryStores();
const runner = withStubPictures(createLocalRunner({ artifacts, highlighted }), { artifacts });
const { signal } = new AbortController();
const pathOf = (raw: string): ProjectPath => parseProjectPath(raw)!;

/** A target with all that its task is given. */
type Given = { readonly target: Target; readonly inputs: Inputs };

/** What a task gives, all that is kept of it. */
async function make({ target, inputs }: Given): Promise<Pick<OutputRecord, "artifact" | "problems">> {
  const item = target.kind === "variant" ? transcodeItem([target], inputs) : taskItem(target, inputs);
  const job = { id: asJobId("test"), kind: specOf[target.kind].kind, items: [item] };
  const [result] = (await runner.run(job, signal)).results;
  if (result?.status !== "done") throw new Error(JSON.stringify(result));
  return { artifact: result.artifact, problems: result.problems };
}

const folder = new TestFolder();
// What is nested too deep is a problem, and problems are kept with the output.
const deep = `${">".repeat(300)} deep`;
folder.write("index.md", `# Home\n\n[[notes/a]] ![[notes/a#Two]] ![](p.png) [data](data.csv)\n\n${deep}\n`);
folder.write("notes/a.md", "# A\n\n## Two\n\n[home](../index.md) [[nowhere]]\n\n## Three\n\nEnd.\n");
folder.write("theme/page.html", "<main>{{{content}}}</main>");
folder.write("theme/x.css", "main {}");
folder.write("data.csv", "1,2");
folder.write("other.csv", "3,4");
folder.write("p.png", pngOf(400, "red"));
folder.write("q.png", pngOf(400, "green"));

/** Everything of the folder made, in the order of the schedule. */
async function makeAll() {
  const entries = folder.entries();
  const records = await scanFiles(entries, { runner, scanned: () => undefined }, signal);
  const sources = new Map(records.map((record) => [record.path, record]));
  const settings = { ...defaultSettings, baseUrl: "https://example.org/" };
  const memory = new DerivationMemory(hasher);
  const { targets, frame } = deriveBlueprint(sources, { settings, name: "test", memory });
  const outputs = new Map<ResourceId, OutputRecord>();
  const bytes = new Map(entries.map((entry) => [entry.path, entry.bytes]));
  const inputs: Inputs = { sources, outputs, frame, bytes, digest: createDigest(hasher) };
  for (const target of scheduleTargets({ targets, files: [...sources.keys()].map(fileId) }, hasher).order)
    outputs.set(target.id, (await make({ target, inputs })) as OutputRecord);
  return { targets, inputs };
}

type Change = (given: Given) => Given;

const withTarget =
  (fields: object): Change =>
  ({ target, inputs }) => ({ target: { ...target, ...fields }, inputs });
const withFrame =
  (fields: object): Change =>
  ({ target, inputs }) => ({ target, inputs: { ...inputs, frame: { ...inputs.frame, ...fields } } });

/** The file at a path is what another one is. */
const withFile =
  (path: string, like: string): Change =>
  ({ target, inputs }) => {
    const source = inputs.sources.get(pathOf(like))!;
    return {
      target,
      inputs: {
        ...inputs,
        sources: new Map([...inputs.sources, [pathOf(path), { ...source, path: pathOf(path) }]]),
        bytes: new Map([...inputs.bytes, [pathOf(path), inputs.bytes.get(pathOf(like))!]]),
      },
    };
  };
const both =
  (first: Change, second: Change): Change =>
  (given) =>
    second(first(given));

const entry = { href: asSitePath("x.html"), title: "X" };
const surroundings: Readonly<Record<string, Change>> = {
  "place in the site": withTarget({ sitePath: "deep/er/page.html" }),
  title: withTarget({ title: "Another" }),
  navigation: withTarget({ navigation: [{ ...entry, current: false, children: [] }] }),
  "setting title": withFrame({ siteTitle: "Another" }),
  "setting language": withFrame({ language: "de" }),
  "setting baseUrl": withFrame({ baseUrl: null }),
  "place of the style sheet": withFrame({ stylesheet: "other.css" }),
  layout: withTarget({ layout: "theme/page.html" }),
};

/** What the output of an input is, is that of another one. */
const withOutput =
  (id: string, like: string): Change =>
  ({ target, inputs }) => ({
    target,
    inputs: {
      ...inputs,
      outputs: new Map([...inputs.outputs, [id as ResourceId, inputs.outputs.get(like as ResourceId)!]]),
    },
  });

/** For each part of each kind's key, but for the rule itself, a change of what it stands for alone. */
const changes: Readonly<Record<string, Readonly<Record<string, Change>>>> = {
  "page:index.md": {
    ...surroundings,
    path: both(withFile("moved.md", "index.md"), withTarget({ path: "moved.md" })),
    content: withFile("index.md", "notes/a.md"),
    "what its references lead to": withTarget({ references: {} }),
    backlinks: withTarget({ backlinks: [entry] }),
    "output of fragment:notes/a.md#two": withOutput("fragment:notes/a.md#two", "feed:stylesheet"),
  },
  "fragment:notes/a.md#two": {
    part: withTarget({ anchor: "three" }),
    content: withFile("notes/a.md", "index.md"),
    "what its references lead to": withTarget({ references: {} }),
  },
  "copy:data.csv": {
    content: withFile("data.csv", "other.csv"),
    type: both(withFile("data.txt", "data.csv"), withTarget({ path: "data.txt" })),
  },
  "listing:notes": {
    ...surroundings,
    entries: withTarget({ entries: [entry] }),
    backlinks: withTarget({ backlinks: [entry] }),
  },
  "feed:sitemap": {
    contents: withTarget({ emit: { type: "sitemap", baseUrl: "https://example.org/", pages: [] } }),
  },
};

/**
 * What is a part without a say in the bytes, and why. A page shows its pictures by their address: it is made again
 * when one of them is, as a key covers the outputs of all that its target waits for, whatever its task does with them.
 */
const documented = /^(rule|output of (variant|copy):.*)$/;

it("[E77] has no part in a key that what is made does not depend on", async () => {
  const { targets, inputs } = await makeAll();
  for (const [id, parts] of Object.entries(changes)) {
    const given = { target: targets.get(id as ResourceId)!, inputs };
    const first = await make(given);
    const before = keyParts(given.target, inputs);
    expect(Object.keys(parts).sort(), id).toEqual(
      before
        .map(({ label }) => label)
        .filter((label) => !documented.test(label))
        .sort(),
    );
    for (const [label, change] of Object.entries(parts)) {
      const changed = change(given);
      expect(changedLabels(before, keyParts(changed.target, changed.inputs)), id).toEqual([label]);
      expect(await make(changed), `${id}: ${label}`).not.toEqual(first);
    }
    // What a part does not tell apart, nothing made does either.
    expect(await make(given), id).toEqual(first);
  }
  const kinds = new Set(Object.keys(changes).map((id) => targets.get(id as ResourceId)!.kind));
  expect([...kinds, "variant"].sort()).toEqual(Object.keys(specOf).sort());
});

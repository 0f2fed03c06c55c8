import fc from "fast-check";
import { parseProjectPath, type ProjectPath } from "../base/project-path.ts";
import { scanDocument } from "../documents/scan-document.ts";
import { asContentHash } from "../model/ids.ts";
import { sourceKindOf } from "../model/resource.ts";
import type { SourceRecord } from "../model/source.ts";

/** A small project: text by path; pictures and files have none. */
export const files: Readonly<Record<string, string>> = {
  "index.md": "# Home\n\n[[a]] ![[b#Part]] ![](p.jpg)\n",
  "a.md": "[home](index.md) ![[b]]\n",
  "b.md": "# B\n\n## Part\n\n![](p.jpg) [[nowhere]]\n",
  "sub/c.md": "![[a]] [x](../x.pdf) [[a|b]]\n",
  "x.pdf": "",
  "p.jpg": "",
};

/** Other contents of the same files: a body, a link, a title, a section and a picture that changed. */
export const otherFiles: Readonly<Record<string, string>> = {
  "index.md": "# Home\n\nMore. [[a]] ![[b#Part]] ![](p.jpg) [[Label|b]] [[Other|b]]\n",
  "a.md": "---\ntitle: Another\n---\n[home](index.md) [[b]]\n",
  "b.md": "# B\n\n## Other part\n\n![](p.jpg) [[nowhere]]\n",
  "sub/c.md": "[x](../x.pdf) ![[a]]\n",
  "p.jpg": "wide",
};

/** The record that a scan of a file would give; the hash is of the content. */
export function recordOf(raw: string, texts = files): SourceRecord {
  const path = parseProjectPath(raw) as ProjectPath;
  const kind = sourceKindOf(path);
  const image = {
    type: "image",
    format: "jpeg",
    width: texts[raw] === "wide" ? 1800 : 900,
    height: 600,
    orientation: 1,
    animated: false,
  } as const;
  const facts =
    kind === "document"
      ? scanDocument(path, texts[raw] ?? "").facts
      : kind === "image"
        ? image
        : ({ type: "other" } as const);
  return {
    path,
    kind,
    size: 1,
    modified: 1,
    contentHash: asContentHash(
      texts === files || texts[raw] === undefined ? "00000000000000aa" : "00000000000000bb",
    ),
    scanVersion: 1,
    facts,
    fault: null,
    problems: [],
  };
}

/** Which version of each file a project has: the first, the other, the first as it cannot be read, or none. */
export type Choice = readonly (0 | 1 | 2 | null)[];

/** The sources of a project that has these versions of the files. */
export function chooseSources(choice: Choice): ReadonlyMap<ProjectPath, SourceRecord> {
  const chosen = versions.flatMap((pair, i) => {
    const version = choice[i] ?? null;
    return version === null ? [] : [pair[version]];
  });
  return new Map(chosen.map((record) => [record.path, record]));
}

const fault = {
  severity: "error",
  code: "unreadable",
  message: "It cannot be read.",
  remedy: "Mend it.",
} as const;
const versions = Object.keys(files).map((name) => {
  const first = recordOf(name);
  return [first, recordOf(name, otherFiles), { ...first, fault }] as const;
});

const version = fc.constantFrom<Choice[number]>(0, 1, 2, null);
const choice: fc.Arbitrary<Choice> = fc.array(version, {
  minLength: versions.length,
  maxLength: versions.length,
});

/** A project at several times, each with another version of one file than the time before. */
export const choices: fc.Arbitrary<readonly Choice[]> = fc
  .tuple(choice, fc.array(fc.tuple(fc.nat(versions.length - 1), version), { minLength: 1, maxLength: 6 }))
  .map(([first, edits]) => {
    const all = [first];
    for (const [file, next] of edits) all.push((all.at(-1) ?? first).with(file, next));
    return all;
  });

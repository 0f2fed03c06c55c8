import { expect, it } from "vitest";
import { splitFrontMatter } from "../src/documents/front-matter.ts";
import { resolveReference } from "../src/documents/resolve-reference.ts";
import { scanDocument } from "../src/documents/scan-document.ts";
import { askMarkdownIt, foundByScan } from "../src/documents/scan-oracle.test-kit.ts";
import { buildSiteIndex, type IndexedSource } from "../src/documents/site-index.ts";
import { sourceKindOf } from "../src/model/resource.ts";
import { corpusDocuments, corpusFiles, corpusNames } from "./corpora.ts";

/** The least share of a folder's own references that must lead somewhere; what the rest names is not in the folder. */
const shares: Readonly<Record<string, number>> = {
  "tasks-vault": 0.97,
  "dendron-vault": 0.94,
  howtocook: 0.34,
  "rust-book": 0.9,
};

for (const name of corpusNames()) {
  it(`[R9] scans ${name} as a full parser does`, { timeout: 120_000 }, () => {
    const differing = corpusDocuments(name).filter(({ text }) => {
      const { body } = splitFrontMatter(text);
      return foundByScan(body).join("\n") !== askMarkdownIt(body).join("\n");
    });
    expect(differing.map(({ path }) => path)).toEqual([]);
  });

  it(`[R30] finds what the references of ${name} lead to`, { timeout: 120_000 }, () => {
    const { own, found } = countReferences(name);
    expect(found / own).toBeGreaterThan(shares[name] ?? 0);
  });
}

it("[R30] knows where the real folders would be", () => {
  expect(corpusNames().every((name) => corpusFiles(name).length > 0)).toBe(true);
});

/** How many references stay inside the project, and how many of them lead to something. */
function countReferences(name: string): { own: number; found: number } {
  const texts = new Map<string, string>(corpusDocuments(name).map(({ path, text }) => [path, text]));
  const records = corpusFiles(name).map((path): IndexedSource => {
    const kind = sourceKindOf(path);
    const isDocument = kind === "document";
    return {
      path,
      kind,
      facts: isDocument ? scanDocument(path, texts.get(path) ?? "").facts : { type: "other" },
    };
  });
  const index = buildSiteIndex(records);
  const types = records.flatMap(({ path, facts }) =>
    facts.type === "document"
      ? facts.references.map((reference) => resolveReference(index, path, reference).type)
      : [],
  );
  const own = types.filter((type) => type !== "external").length;
  const found = types.filter((type) => type === "file" || type === "folder").length;
  return { own, found };
}

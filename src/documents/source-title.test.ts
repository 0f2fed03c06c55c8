import { expect, it } from "vitest";
import { path } from "./render.test-kit.ts";
import { scanDocument } from "./scan-document.ts";
import { readableName, titleOfFolder, titleOfSource } from "./source-title.ts";

const titleOf = (name: string, text = ""): string =>
  titleOfSource({ path: path(name), facts: scanDocument(path(name), text).facts });

// The names of all but the last six are as MkDocs 1.6 shows them.
it.each([
  ["my-first_note", "My first note"],
  ["getting_started", "Getting started"],
  ["my-First-note", "my First note"],
  ["HTTP-API", "HTTP API"],
  ["über-uns", "Über uns"],
  ["tips", "Tips"],
  ["_drafts", "Drafts"],
  ["2026-11-21", "2026-11-21"],
  ["2026-11-21-meeting-notes", "2026-11-21 meeting notes"],
  ["Daily note - draft", "Daily note - draft"],
  ["e-mail to my aunt", "e-mail to my aunt"],
  ["红烧鱼", "红烧鱼"],
  ["--", "--"],
])("[R45] reads the name %j as %j", (name, title) => {
  expect(readableName(name)).toBe(title);
});

it("[R45] takes the title first, then the name, and of an index its folder's name", () => {
  expect(titleOf("a/my-note.md", "# Given")).toBe("Given");
  expect(titleOf("a/my-note.md", "## Not one")).toBe("My note");
  expect(titleOf("my-guide/index.md")).toBe("My guide");
  expect(titleOf("my-guide/README.md")).toBe(titleOfFolder("my-guide", undefined));
  expect(titleOf("README.md")).toBe("README");
  expect(titleOfFolder("", undefined)).toBe("");
});

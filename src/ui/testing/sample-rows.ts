import { asResourceId } from "../../model/ids.ts";
import { fileId, pageId, variantId } from "../../model/resource.ts";
import { parseProjectPath } from "../../base/project-path.ts";
import { invariant } from "../../base/invariant.ts";
import type { EdgeRow, NodeRow, ProblemRow, RunRow } from "../../model/view-rows.ts";
import type { PathStep, RelationGroup } from "../../model/relations.ts";
import type { Inspection } from "../../model/wire.ts";

const documents = [
  "index.md",
  "guide/getting-started.md",
  "guide/installation.md",
  "guide/writing/embeds-and-sections.md",
  "guide/writing/images.md",
  "reference/settings.md",
  "reference/faults.md",
  "notes/2026-11-03 review of the release.md",
  "notes/draft.md",
];
const images = ["images/cover.jpg", "images/diagram-of-layers.png", "images/team.jpg"];
const widths = [320, 640, 1280];

/** A small project in the middle of a build, with one of every status. */
export function sampleNodes(): readonly NodeRow[] {
  return [
    ...documents.map((path, i) => fileRow(path, "document", 1800 + i * 731)),
    ...images.map((path, i) => fileRow(path, "image", 2_400_000 + i * 190_000)),
    fileRow("strata.yaml", "data", 412),
    ...documents.map(pageRow),
    ...images.flatMap((path, i) => widths.map((width) => variantRow(path, width, i))),
    { ...fileRow("feed:style", "document", 9120), ...styleSheet },
  ];
}

const styleSheet = {
  key: "feed:strata.css",
  kind: "feed",
  label: "assets/strata.css",
  sitePath: "assets/strata.css",
  generation: 1,
  durationMs: 0.6,
} as const;

/** Rows of `count` made-up files, in an order that is not that of their names. */
export function manyNodes(count: number): readonly NodeRow[] {
  return Array.from({ length: count }, (_, i) => {
    const name = `part-${(i * 7919) % 97}/note-${String((i * 104_729) % count).padStart(6, "0")}-${i}.md`;
    return { ...fileRow(name, i % 3 === 0 ? "image" : "document", (i * 31) % 100_000), key: `file:${i}` };
  });
}

export function sampleEdges(): readonly EdgeRow[] {
  const pages = documents.map((path) => edge(fileId(path), pageId(projectPath(path)), "depends-on"));
  const variants = images.flatMap((path) =>
    widths.map((width) => edge(fileId(path), variantId(projectPath(path), width, "webp"), "has-variant")),
  );
  const uses = widths.map((width) =>
    edge(
      variantId(projectPath("images/cover.jpg"), width, "webp"),
      pageId(projectPath("index.md")),
      "uses-image",
    ),
  );
  return [...pages, ...variants, ...uses];
}

export function sampleProblems(): readonly ProblemRow[] {
  return [
    problem("error", "images/team.jpg", null, [
      "image-damaged",
      "The image ends in the middle of its data, so it could not be decoded.",
      "Export the image again from its source, or remove the reference to it.",
    ]),
    problem("warning", "guide/installation.md", 42, [
      "reference-broken",
      "The link “../setup.md” leads to no file of this folder.",
      "Did you mean “getting-started.md”? Correct the link, or add the file.",
    ]),
    problem("warning", "notes/draft.md", 7, [
      "heading-missing",
      "“[[settings#Colours]]” names a heading that “reference/settings.md” does not have.",
      "Use one of its headings: “Images”, “Layout”, “Base address”.",
    ]),
    problem("info", "images/diagram-of-layers.png", null, [
      "image-position",
      "The picture carried the place where it was taken; the copies in the site do not.",
      "Nothing has to be done.",
    ]),
  ];
}

export function sampleRuns(now: number): readonly RunRow[] {
  return [
    run("run-3", now - 12_000, { phase: "building", endedAt: null, settled: 412, total: 1_612 }),
    run("run-2", now - 3_600_000, { phase: "failed", failed: 1, poisoned: 2, built: 19, reused: 1_590 }),
    run("run-1", now - 90_000_000, {
      phase: "done",
      built: 1_612,
      reused: 0,
      cacheHits: 0,
      bytesOut: 48_200_000,
    }),
  ];
}

export function run(key: string, startedAt: number, change: Partial<RunRow> = {}): RunRow {
  return {
    key,
    phase: "done",
    startedAt,
    endedAt: startedAt + 3_240,
    total: 1_612,
    settled: 1_612,
    built: 24,
    reused: 388,
    cacheHits: 12,
    failed: 0,
    poisoned: 0,
    cancelled: 0,
    bytesOut: 1_240_000,
    rate: change.endedAt === null ? 238.4 : 0,
    timeLeft: change.endedAt === null ? 5_200 : null,
    phaseMs: { scanning: 640, planning: 85, building: 2_310, publishing: 205 },
    stages: [],
    root: null,
    signature: null,
    ...change,
  };
}

export function sampleInspections(): ReadonlyMap<string, Inspection> {
  const index = pageId(projectPath("index.md"));
  const covers = widths.map((width) => variantId(projectPath("images/cover.jpg"), width, "webp"));
  const page: Inspection = {
    ...bareInspection(index),
    causes: ["output of images/cover.jpg, 1280 pixels wide, changed", "content of images/cover.jpg changed"],
    reasons: [index, ...covers.slice(2), fileId("images/cover.jpg")],
  };
  const cover: Inspection = {
    ...bareInspection(fileId("images/cover.jpg")),
    impact: [...covers, index],
  };
  const held: Inspection = {
    ...bareInspection(pageId(projectPath("reference/faults.md"))),
    causes: ["images/team.jpg, 640 pixels wide, failed", "images/team.jpg could not be decoded"],
    culprits: [variantId(projectPath("images/team.jpg"), 640, "webp"), fileId("images/team.jpg")],
  };
  return new Map([page, cover, held].map((one) => [one.resourceId, one]));
}

/** Relationships of the page of `index.md`, of that file, and of a picture. */
export function sampleRelations(): ReadonlyMap<string, readonly RelationGroup[]> {
  const covers = widths.map((width) => variantId(projectPath("images/cover.jpg"), width, "webp"));
  const started = fileId("guide/getting-started.md");
  return new Map<string, readonly RelationGroup[]>([
    [
      pageId(projectPath("index.md")),
      [
        relationGroup("outgoing", "uses-image", covers),
        relationGroup("outgoing", "depends-on", [fileId("index.md")]),
      ],
    ],
    [
      fileId("index.md"),
      [
        relationGroup("incoming", "depends-on", [pageId(projectPath("index.md"))]),
        relationGroup("incoming", "references", [fileId("notes/draft.md")], 7),
        relationGroup("outgoing", "references", [started, fileId("gone.md")], 3),
        relationGroup("outgoing", "embeds", [started], 9),
      ],
    ],
    [fileId("images/cover.jpg"), [relationGroup("outgoing", "has-variant", covers)]],
  ]);
}

/** By `from to`: a path from `index.md` over another document to a third. */
export function samplePaths(): ReadonlyMap<string, readonly PathStep[]> {
  const [start, middle, end] = ["index.md", "guide/getting-started.md", "guide/installation.md"].map(fileId);
  invariant(start !== undefined && middle !== undefined && end !== undefined, "the path has three stops");
  return new Map([
    [
      `${start} ${end}`,
      [
        { from: start, to: middle, types: ["references", "embeds"] },
        { from: middle, to: end, types: ["references"] },
      ],
    ],
  ]);
}

/** A whole group; `line` is that of its first relationship, and the others follow. */
export function relationGroup(
  direction: RelationGroup["direction"],
  type: RelationGroup["type"],
  others: readonly string[],
  line?: number,
): RelationGroup {
  const relations = others.map((other, n) => ({
    id: `${n + 1}.0`,
    other: asResourceId(other),
    metadata: line === undefined ? null : { line: line + n },
  }));
  return { direction, type, total: relations.length, relations };
}

export function bareInspection(id: string): Inspection {
  return {
    resourceId: asResourceId(id),
    causes: [],
    roots: null,
    reasons: [],
    impact: [],
    fault: null,
    culprits: [],
  };
}

export function fileRow(path: string, kind: NodeRow["kind"], bytes: number): NodeRow {
  return {
    key: fileId(path),
    kind,
    label: path,
    status: "DONE",
    generation: 0,
    cause: "",
    durationMs: null,
    bytes,
    sitePath: null,
    hash: `${path.length.toString(16).padStart(4, "0")}c7827d889f6d`,
    cached: false,
  };
}

const pageStatuses = [
  "DONE",
  "DONE",
  "RUNNING",
  "READY",
  "DIRTY",
  "PENDING",
  "POISONED",
  "CANCELLED",
  "DONE",
] as const;

function pageRow(path: string, i: number): NodeRow {
  const sitePath = path.replace(/\.md$/, ".html");
  const status = pageStatuses[i] ?? "DONE";
  return {
    ...fileRow(path, "page", 14_200 + i * 977),
    key: pageId(projectPath(path)),
    label: sitePath,
    sitePath,
    status,
    generation: i === 0 ? 2 : 1,
    cause: status === "POISONED" ? "an image it shows failed" : `content of ${path} changed`,
    durationMs: status === "PENDING" ? null : 1.4 + i * 0.7,
    cached: i % 4 === 1,
  };
}

function variantRow(path: string, width: number, i: number): NodeRow {
  const sitePath = `${path.replace(/\.\w+$/, "")}-${width}.webp`;
  const failed = i === 2;
  return {
    ...fileRow(path, "variant", width * 61),
    key: variantId(projectPath(path), width, "webp"),
    label: sitePath,
    sitePath,
    status: failed ? "FAILED" : "DONE",
    generation: 1,
    cause: failed ? "the image could not be decoded" : "first build",
    durationMs: failed ? 3.1 : width / 4,
    bytes: failed ? null : width * 61,
    hash: failed ? null : `${String(width).padStart(4, "0")}${String(i)}7d889f6da3`,
  };
}

function problem(
  severity: ProblemRow["severity"],
  path: string,
  line: number | null,
  [code, message, remedy]: readonly [string, string, string],
): ProblemRow {
  return { key: `${path}:${line}:${code}`, severity, code, path, line, message, remedy };
}

function edge(first: string, then: string, type: EdgeRow["type"]): EdgeRow {
  return { key: `${first} ${then} ${type}`, first, then, type, ordersBuild: true };
}

function projectPath(raw: string) {
  const path = parseProjectPath(raw);
  invariant(path !== undefined, "sample paths are good paths");
  return path;
}

import type { ResourceId } from "./ids.ts";

/** What the rule graph of a project says of itself. Lists are ordered, so the same graph gives the same data. */
export type GraphDiagnostics = {
  /** Changes with the rules, their edges and what they require, and with nothing else. */
  readonly signature: string;
  readonly counts: GraphCounts;
  readonly cycles: readonly CycleReport[];
  readonly critical: CriticalPath;
  /** Files that no rule reads and no page shows. */
  readonly isolated: readonly ResourceId[];
  /** `null` where cycles leave that open. */
  readonly redundant: RedundantRequirements | null;
  /** Of the last whole build of this visit, or `null` before it. */
  readonly pipeline: PipelineCheck | null;
  /** Tasks that ran to their end since the project was opened; what they read was compared with their rules. */
  readonly tasksChecked: number;
  /** Those of them that read other files than their rules require. */
  readonly reads: readonly ReadDifference[];
  /** Every graph that a build kept, the newest first. */
  readonly kept: readonly KeptGraph[];
};

export type GraphCounts = {
  readonly rules: number;
  readonly evidence: number;
  readonly edges: number;
  readonly generations: number;
};

/** Requirements that others of the same rule stand for already. */
export type RedundantRequirements = {
  readonly requirements: readonly { readonly rule: string; readonly input: string }[];
  /** `false` where the search was cut short, so that there may be more. */
  readonly isComplete: boolean;
};

export type GraphEdge = { readonly first: string; readonly then: string };

/** Rules that wait for each other. */
export type CycleReport = {
  /** One shortest cycle: each waits for the next, the last for the first. */
  readonly path: readonly ResourceId[];
  /** The fewest requirements found without which there is no cycle: that `rule` reads `input`. */
  readonly cuts: readonly { readonly rule: ResourceId; readonly input: ResourceId }[];
  readonly members: readonly ResourceId[];
};

/** The chain of tasks that a build cannot be quicker than, however many workers there are. */
export type CriticalPath = {
  readonly steps: readonly { readonly id: ResourceId; readonly durationMs: number }[];
  readonly totalMs: number;
};

/** How the steps of a build differ from the pipeline as declared; three empty lists when they do not. */
export type PipelineCheck = {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly mismatched: readonly {
    readonly name: string;
    readonly declared: readonly string[];
    readonly actual: readonly string[];
  }[];
};

/** The files that a task read against those that its rule requires, where they differ. */
export type ReadDifference = {
  readonly rule: string;
  /** Read without being required: a change of these goes unnoticed. */
  readonly undeclared: readonly string[];
  /** Required and not read: a change of these causes work for nothing. */
  readonly unread: readonly string[];
};

/** A graph that a build kept, without its content. */
export type KeptGraph = {
  readonly signature: string;
  /** 1, 2, 3 … in its project. */
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
};

/** How the present graph differs from a kept one, by name. */
export type GraphComparison = {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Rules that are in both with other requirements, priority or output. */
  readonly changed: readonly string[];
  readonly addedEdges: readonly GraphEdge[];
  readonly removedEdges: readonly GraphEdge[];
};

export const graphFormats = ["dot", "mermaid", "json", "dependencies", "hamilton"] as const;

/** `dependencies` is what each output needs, as JSON; `hamilton` the same as a Python module of functions. */
export type GraphFormat = (typeof graphFormats)[number];

/** A graph as the text of a file. */
export type GraphText = { readonly fileName: string; readonly mediaType: string; readonly text: string };

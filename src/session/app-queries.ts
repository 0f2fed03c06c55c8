import { from, type RowOf } from "../circuit/query.ts";
import { parameter } from "../circuit/term.ts";
import type { JobId } from "../model/ids.ts";
import { derivedKinds } from "../model/resource.ts";
import type {
  CircuitShardRow,
  CircuitViewRow,
  NodeRow,
  ProblemRow,
  RunRow,
  StorageRow,
  TaskRow,
} from "../model/view-rows.ts";

/**
 * What the panels ask the engine's tables for, beyond whole tables. Panels say `session.view(…)` of one of them, so
 * that nothing here costs anything before somebody looks.
 */

const nodes = from<NodeRow>("node");
const problems = from<ProblemRow>("problem");

/** How many files and outputs there are of each kind in each status. */
export const nodeCounts = nodes.groupBy(["kind", "status"], (of) => ({ count: of.count() }));
export type NodeCountRow = RowOf<typeof nodeCounts>;

/** How many outputs there are whose task failed; no row when there is none. */
export const failedOutputs = nodes
  .where(({ status, kind }) => status.equals("FAILED").and(kind.isOneOf(derivedKinds)))
  .groupBy([], (of) => ({ count: of.count() }));

/** The pages of the finished site. */
export const sitePages = nodes.where(({ sitePath }) => sitePath.endsWith(".html")).pick("sitePath");
export type SitePageRow = RowOf<typeof sitePages>;

/** How many problems there are of each severity. */
export const problemCounts = problems.groupBy(["severity"], (of) => ({ count: of.count() }));
export type ProblemCountRow = RowOf<typeof problemCounts>;

/** The problems of the file `path`. */
export const problemsOfFile = problems.where(({ path }) => path.equals(parameter("path")));

/** The run that began last. */
export const newestRun = from<RunRow>("run").orderBy(["startedAt", "descending"]).limit(1);

/** How many files and outputs of each kind there are, and their bytes. */
export const sizesByKind = nodes.groupBy(["kind"], (of) => ({ count: of.count(), bytes: of.sum("bytes") }));
export type KindSizeRow = RowOf<typeof sizesByKind>;

/** What is stored for all projects. */
export const storedTotals = from<StorageRow>("storage");

/** What happened so far to the tasks of the run `job`, if it is the newest: until its first task has ended, the table has those of the run before. */
export const tasksOfRun = from<TaskRow>("task").where(({ jobId }) => jobId.equals(parameter<JobId>("job")));

/** How the views of each frequency fare. */
export const circuitShards = from<CircuitShardRow>("shard");

/** How each view fares. */
export const circuitViews = from<CircuitViewRow>("view");

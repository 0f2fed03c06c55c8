import { from, type RowOf } from "../circuit/query.ts";
import { derivedKinds } from "../model/resource.ts";
import type { CircuitShardRow, CircuitViewRow, NodeRow, StorageRow, TaskRow } from "../model/view-rows.ts";

/**
 * What the panels ask the engine's tables for, beyond whole tables. Panels say `session.view(…)` of one of them, so
 * that nothing here costs anything before somebody looks.
 */

const nodes = from<NodeRow>("node");

/** Outputs whose task failed. */
export const failedOutputs = nodes
  .where(({ status, kind }) => status.equals("FAILED").and(kind.isOneOf(derivedKinds)))
  .pick("label");

/** What the finished site is made of. */
export const siteFiles = nodes.where(({ sitePath }) => sitePath.differs(null)).pick("sitePath");
export type SiteFileRow = RowOf<typeof siteFiles>;

/** How many files and outputs of each kind there are, and their bytes. */
export const sizesByKind = nodes.groupBy(["kind"], (of) => ({ count: of.count(), bytes: of.sum("bytes") }));
export type KindSizeRow = RowOf<typeof sizesByKind>;

/** What is stored for all projects. */
export const storedTotals = from<StorageRow>("storage");

/** What happened to the tasks of the newest run so far. */
export const newestTasks = from<TaskRow>("task");

/** How the views of each frequency fare. */
export const circuitShards = from<CircuitShardRow>("shard");

/** How each view fares. */
export const circuitViews = from<CircuitViewRow>("view");

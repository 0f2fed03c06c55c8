import type { Fault } from "../base/fault.ts";
import type { ConsistencyToken } from "./operation.ts";

/** What a write does. */
export type WriteKind = "record" | "add-children" | "remove-children" | "load";

/** A write to the log, by the id under which it was asked for: asked for again, it has no further effect. */
export type WriteJob = {
  /** A UUID. */
  readonly id: string;
  readonly kind: WriteKind;
} & (
  | { readonly status: "PENDING" | "RUNNING" }
  /** A query that is given the token sees the write. */
  | { readonly status: "COMPLETED"; readonly consistencyToken: ConsistencyToken; readonly appended: number }
  /** Nothing was written. */
  | { readonly status: "FAILED"; readonly fault: Fault }
);

/** A write that has ended. */
export type SettledJob = Extract<WriteJob, { status: "COMPLETED" | "FAILED" }>;

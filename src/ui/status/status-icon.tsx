import type { ReactNode } from "react";
import type { Status } from "../../model/resource.ts";
import "./status-icon.css";

/** The statuses in the order in which a table sorts them: trouble first, then what moves, then what rests. */
export const statusOrder: readonly Status[] = [
  "FAILED",
  "POISONED",
  "RUNNING",
  "READY",
  "DIRTY",
  "PENDING",
  "CANCELLED",
  "DONE",
];

/** Statuses in the words of the person who uses the app. */
export const statusWords: Readonly<Record<Status, string>> = {
  PENDING: "Not built",
  DIRTY: "Out of date",
  READY: "Waiting",
  RUNNING: "Building",
  DONE: "Done",
  FAILED: "Failed",
  POISONED: "Held back",
  CANCELLED: "Cancelled",
};

/** Each status has a shape of its own, so that colour is never the only sign. */
const shapes: Readonly<Record<Status, ReactNode>> = {
  PENDING: <circle cx="8" cy="8" r="5" strokeDasharray="2.2 2.2" />,
  DIRTY: (
    <>
      <circle cx="8" cy="8" r="5" />
      <path d="M8 3a5 5 0 0 1 0 10z" fill="currentColor" />
    </>
  ),
  READY: (
    <>
      <circle cx="8" cy="8" r="5" />
      <circle cx="8" cy="8" r="1.6" fill="currentColor" stroke="none" />
    </>
  ),
  RUNNING: <path d="M8 3a5 5 0 1 1-5 5" className="status-spin" />,
  DONE: (
    <>
      <circle cx="8" cy="8" r="6" fill="currentColor" stroke="none" />
      <path d="M5.2 8.2 7.2 10.2 10.9 6" stroke="var(--surface)" />
    </>
  ),
  FAILED: (
    <>
      <rect x="2.5" y="2.5" width="11" height="11" rx="2" fill="currentColor" stroke="none" />
      <path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" stroke="var(--surface)" />
    </>
  ),
  POISONED: (
    <>
      <path d="M8 1.8 14.2 8 8 14.2 1.8 8z" />
      <path d="M8 5.3v3.2M8 10.5v.1" />
    </>
  ),
  CANCELLED: (
    <>
      <circle cx="8" cy="8" r="5" />
      <path d="M4.6 11.4l6.8-6.8" />
    </>
  ),
};

/** The shape and colour of a status, without its word. */
export function StatusIcon({ status }: { readonly status: Status }): ReactNode {
  return (
    <svg
      className="status-icon"
      data-status={status}
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[status]}
    </svg>
  );
}

/** A status by shape, colour and word. */
export function StatusBadge({ status }: { readonly status: Status }): ReactNode {
  return (
    <span className="status-badge">
      <StatusIcon status={status} />
      <span>{statusWords[status]}</span>
    </span>
  );
}

/** How much a fault matters: `error` stops an output, `warning` leaves it imperfect, `info` is worth knowing. */
export type Severity = "error" | "warning" | "info";

/**
 * Trouble with the world or with the person's files, as plain data. It is stored, shown and sent between threads,
 * and never thrown across one. `message` says what happened to what; `remedy` says what to do about it.
 */
export type Fault = {
  /** Stable kebab-case word for the kind of fault, for tests and filters. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly remedy: string;
};

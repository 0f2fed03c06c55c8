/** Starts measuring; each call of the answer gives the milliseconds since. Only for reports, never for an output. */
export function startStopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}

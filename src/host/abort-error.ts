/** What a call rejects with once its signal has aborted: the signal's own error, or an `AbortError`. */
export function abortErrorOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException("The call was cancelled.", "AbortError");
}

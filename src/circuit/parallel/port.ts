/**
 * One end of a way between two threads, as a `Worker` or a `MessagePort` is one. Messages are plain data and arrive in
 * the order in which they were posted, those that were posted before the other end listens included.
 */
export type Port<Sent, Received> = {
  /** Sends a message; the buffers are handed over and not copied. */
  readonly post: (message: Sent, transfer: ArrayBuffer[]) => void;
  /** To be called once. */
  readonly onMessage: (listener: (message: Received) => void) => void;
};

/** The end of one who started the thread at the other. */
export type ThreadPort<Sent, Received> = Port<Sent, Received> & {
  /**
   * To be called once. The listener is to be called when the other end will not answer any more: it could not be loaded, threw,
   * ended, or takes longer than whoever makes ports allows.
   */
  readonly onEnd: (listener: () => void) => void;
  /** Ends the thread at once. */
  readonly close: () => void;
};

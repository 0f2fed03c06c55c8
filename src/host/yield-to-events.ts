/**
 * Lets the thread's waiting events run before it goes on. A message is used, as nested time-outs are held back to
 * 4 ms each.
 */
export function yieldToEvents(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

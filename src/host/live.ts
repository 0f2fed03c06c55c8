/**
 * The worker's half of noticing its end: holds the Web Lock `name` until the worker is gone. Resolves once it is held,
 * so that whoever asks for the lock afterwards gets it at the worker's end and not before.
 */
export function live(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const forever = new Promise<never>(() => {});
    navigator.locks
      .request(name, () => {
        resolve();
        return forever;
      })
      .catch(reject);
  });
}

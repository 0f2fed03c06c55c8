/** How a map was at one time. */
export type Snapshot<K, V> = {
  /**
   * The keys under which `now` has another value than the map had then, by identity, with what it had. Cost: linear in
   * the changes since, where `now` is the tracked map that this is a snapshot of; else linear in both maps.
   */
  changesTo(now: ReadonlyMap<K, V>): ReadonlyMap<K, V | undefined>;
  /** All of it. Cost: linear. The order of the keys may be another one. */
  toMap(): ReadonlyMap<K, V>;
};

/** One change of a map, and what came after it; the last one is yet to come. */
type Link<K, V> = {
  change: { readonly key: K; readonly before: V | undefined; readonly next: Link<K, V> } | null;
};

/**
 * A map that can be asked what changed since an earlier time, so that who has looked at all of it need not look at all
 * of it again. A snapshot costs nothing to take; what it holds on to is a note of each change since.
 */
export class TrackedMap<K, V extends object> extends Map<K, V> {
  /** What snapshots lie behind keeps the links alive: those that nothing refers to any more are collected. */
  #next: Link<K, V> = { change: null };

  constructor(entries: Iterable<readonly [K, V]> = []) {
    super();
    for (const [key, value] of entries) super.set(key, value);
  }

  override set(key: K, value: V): this {
    const before = this.get(key);
    if (before !== value) this.#note(key, before);
    return super.set(key, value);
  }

  override delete(key: K): boolean {
    const before = this.get(key);
    if (before !== undefined) this.#note(key, before);
    return super.delete(key);
  }

  override clear(): void {
    for (const [key, value] of this) this.#note(key, value);
    super.clear();
  }

  snapshot(): Snapshot<K, V> {
    const since = this.#next;
    return {
      changesTo: (now) => (now === this ? changesIn(since, this) : differences(wholeAt(since, this), now)),
      toMap: () => wholeAt(since, this),
    };
  }

  #note(key: K, before: V | undefined): void {
    const next: Link<K, V> = { change: null };
    this.#next.change = { key, before, next };
    this.#next = next;
  }
}

/** A snapshot of any map; that of a map that is not tracked is a copy. */
export function snapshotOf<K, V extends object>(map: ReadonlyMap<K, V>): Snapshot<K, V> {
  return map instanceof TrackedMap ? map.snapshot() : new TrackedMap(map).snapshot();
}

function changesIn<K, V>(since: Link<K, V>, now: ReadonlyMap<K, V>): ReadonlyMap<K, V | undefined> {
  const first = new Map<K, V | undefined>();
  for (let { change } = since; change !== null; { change } = change.next)
    if (!first.has(change.key)) first.set(change.key, change.before);
  for (const [key, before] of first) if (now.get(key) === before) first.delete(key);
  return first;
}

function wholeAt<K, V>(since: Link<K, V>, now: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  const whole = new Map(now);
  for (const [key, before] of changesIn(since, now)) {
    if (before === undefined) whole.delete(key);
    else whole.set(key, before);
  }
  return whole;
}

function differences<K, V>(before: ReadonlyMap<K, V>, now: ReadonlyMap<K, V>): ReadonlyMap<K, V | undefined> {
  const changed = new Map<K, V | undefined>();
  for (const [key, value] of now) if (before.get(key) !== value) changed.set(key, before.get(key));
  for (const [key, value] of before) if (!now.has(key)) changed.set(key, value);
  return changed;
}

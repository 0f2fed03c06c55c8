import type { Stores } from "../../artifacts/stores.ts";
import type { Store } from "../../store/open-store.ts";
import type { TestDisk } from "./test-host.ts";

/**
 * The life of a host: it counts what the host asks of its disk, and something may be made to happen at a certain
 * count. After its end no call settles any more, as with a thread that was killed: what is under way may still reach
 * the disk, and nobody is told.
 */
export class Life {
  #calls = 0;
  #at = Infinity;
  #then: () => void = () => undefined;
  #end: () => void = () => undefined;
  /** Resolves at the end. */
  readonly end: Promise<void>;
  hasEnded = false;

  constructor() {
    this.end = new Promise((resolve) => (this.#end = resolve));
  }

  /** Does `then` before the call that comes after `calls` others from now, and once only. */
  after(calls: number, then: () => void): void {
    this.#at = this.#calls + calls;
    this.#then = then;
  }

  kill(): void {
    this.hasEnded = true;
    this.#end();
  }

  async call<T>(work: () => Promise<T>): Promise<T> {
    if (this.#calls++ >= this.#at) {
      this.#at = Infinity;
      this.#then();
    }
    if (this.hasEnded) return forever();
    const value = await work();
    return this.hasEnded ? forever() : value;
  }
}

function forever(): Promise<never> {
  return new Promise(() => undefined);
}

/** The disk as a host of this life sees it. */
export function mortalDisk({ store, stores }: TestDisk, life: Life): TestDisk {
  return { store: mortalStore(store, life), stores: mortalStores(stores, life) };
}

function mortalStore(store: Store, life: Life): Store {
  return {
    ...store,
    transaction: (work) => life.call(() => store.transaction(work)),
    read: (work) => life.call(() => store.read(work)),
    readJson: (select) => life.call(() => store.readJson(select)),
  };
}

function mortalStores(stores: Stores, life: Life): Stores {
  return {
    ...stores,
    artifacts: mortal(stores.artifacts, life),
    site: mortal(stores.site, life),
    copiedFiles: mortal(stores.copiedFiles, life),
  };
}

/** An object of asynchronous functions whose calls belong to a life. */
function mortal<T extends object>(object: T, life: Life): T {
  return new Proxy(object, {
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== "function") return value;
      return (...args: readonly unknown[]) =>
        life.call(async (): Promise<unknown> => Reflect.apply(value, target, args));
    },
  });
}

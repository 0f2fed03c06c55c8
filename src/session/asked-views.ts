import { canonicalJson } from "../base/canonical-json.ts";
import type { Fault } from "../base/fault.ts";
import type { Query } from "../circuit/query.ts";
import { hashOfText } from "../circuit/row-hash.ts";
import type { ViewDefinition } from "../circuit/view.ts";
import type { ProjectId } from "../model/ids.ts";
import type { AskedView } from "../model/view-rows.ts";
import type { CommandOf, CommandType, PackedDelta, Reply } from "../model/wire.ts";
import type { AskOptions, LiveView } from "./contract.ts";
import { MutableView, type Scheduler } from "./live-view.ts";
import type { Keyed } from "./row-map.ts";
import { engineChangedCode } from "./session-faults.ts";

/** Milliseconds for which a view is kept that nobody listens to any more: a panel that is shown again has its rows. */
const lingering = 2000;

export type AskedViewsParts = {
  /** When listeners hear of changes. */
  readonly schedule: Scheduler;
  readonly command: <T extends CommandType>(command: CommandOf<T>) => Promise<Reply<T>>;
  readonly notify: (fault: Fault) => void;
};

/** How many views are remembered before those are forgotten that nobody holds any more. */
const remembered = 64;

/**
 * The views that panels ask for. Each is registered with the engine for as long as someone listens to it, for whatever
 * project is shown, and is one for all who ask for the same, in all tabs.
 */
export class AskedViews {
  readonly #parts: AskedViewsParts;
  /** By what was asked for: the same object for as long as anybody holds it. */
  readonly #known = new Map<string, WeakRef<AskedLiveView<Keyed>>>();
  /** Those that the engine is asked for, since someone listens or did a moment ago. */
  readonly #asked = new Map<AskedView, AskedLiveView<Keyed>>();
  /** Whose views the engine may be asked for. */
  #projectId: ProjectId | null = null;

  constructor(parts: AskedViewsParts) {
    this.#parts = parts;
  }

  /** The view of a query: the same object for the same query and options. `label` is for people and metrics. */
  view<Row extends Keyed>(label: string, query: Query<Row>, options: AskOptions = {}): LiveView<Row> {
    const { parameters = {}, frequency = "realtime" } = options;
    const definition: ViewDefinition = { plan: query.plan, parameters, frequency };
    const text = canonicalJson(definition);
    const known = this.#known.get(`${label} ${text}`)?.deref();
    // The plan in the key says which rows there are, and the type of the query says the same.
    if (known !== undefined) return known as LiveView<Row>;
    const view = new AskedLiveView<Row>(`view:${label}-${hashOfText(text)}`, {
      schedule: this.#parts.schedule,
      begin: () => {
        this.#asked.set(view.name, view);
        this.#register(view.name, definition);
      },
      end: () => {
        this.#asked.delete(view.name);
        this.#unregister(view.name);
      },
    });
    this.#forgetUnheld();
    this.#known.set(`${label} ${text}`, new WeakRef(view));
    return view;
  }

  /** To be called when another project is shown, or none: the views start empty. */
  forget(): void {
    this.#projectId = null;
    for (const view of this.#asked.values()) view.clear();
  }

  /** To be called when an engine has the shown project open: it is asked for all views that someone listens to. */
  meet(projectId: ProjectId): void {
    this.#projectId = projectId;
    for (const view of this.#asked.values()) view.askAgain();
  }

  /** Whether the delta could be read, if it is of a view of this page's. */
  apply(delta: PackedDelta): boolean {
    // What another tab asks for is of no use to those who do not listen, and would grow stale when it stops.
    for (const view of this.#asked.values()) if (view.name === delta.view) return view.apply(delta);
    return true;
  }

  /** Panels ask with ever other parameters, so what is remembered of them must not grow for ever. */
  #forgetUnheld(): void {
    if (this.#known.size < remembered) return;
    for (const [asked, view] of this.#known) if (view.deref() === undefined) this.#known.delete(asked);
  }

  #register(view: AskedView, definition: ViewDefinition): void {
    const projectId = this.#projectId;
    if (projectId === null) return;
    const { plan, parameters, frequency } = definition;
    void this.#parts
      .command({
        type: "register-view",
        projectId,
        view,
        definition: { plan, parameters, frequency },
      })
      .then((reply) => {
        // Another engine is met by itself.
        if (!reply.ok && reply.fault.code !== engineChangedCode) this.#parts.notify(reply.fault);
      });
  }

  #unregister(view: AskedView): void {
    const projectId = this.#projectId;
    if (projectId !== null) void this.#parts.command({ type: "unregister-view", projectId, view });
  }
}

type Use = { readonly schedule: Scheduler; readonly begin: () => void; readonly end: () => void };

/** A view that tells when its first listener comes and, a while after, when its last has gone. */
class AskedLiveView<Row extends Keyed> implements LiveView<Row> {
  readonly name: AskedView;
  readonly #use: Use;
  readonly #view: MutableView<Row>;
  #listeners = 0;
  #isAsked = false;
  #lingering: ReturnType<typeof setTimeout> | undefined;

  constructor(name: AskedView, use: Use) {
    this.name = name;
    this.#use = use;
    this.#view = new MutableView(use.schedule);
  }

  subscribe(listener: () => void): () => void {
    const leave = this.#view.subscribe(listener);
    this.#listeners++;
    clearTimeout(this.#lingering);
    if (!this.#isAsked) {
      this.#isAsked = true;
      this.#use.begin();
    }
    let hasLeft = false;
    return () => {
      leave();
      if (!hasLeft && --this.#listeners === 0) this.#lingering = setTimeout(() => this.#end(), lingering);
      hasLeft = true;
    };
  }

  askAgain(): void {
    this.#use.begin();
  }

  apply(delta: PackedDelta): boolean {
    return this.#view.apply(delta);
  }

  clear(): void {
    this.#view.clear();
  }

  version(): number {
    return this.#view.version();
  }

  size(): number {
    return this.#view.size();
  }

  get(key: string): Row | undefined {
    return this.#view.get(key);
  }

  rows(): Iterable<Row> {
    return this.#view.rows();
  }

  changedSince(version: number): readonly string[] | undefined {
    return this.#view.changedSince(version);
  }

  #end(): void {
    this.#isAsked = false;
    this.#use.end();
    this.#view.clear();
  }
}

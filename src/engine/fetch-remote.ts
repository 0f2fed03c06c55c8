import type { ProjectPath } from "../base/project-path.ts";
import { compareNames } from "../base/byte-order.ts";
import { remotePlace } from "../documents/remote-address.ts";
import type { ContentHash } from "../model/ids.ts";
import type { Problem } from "../model/problem.ts";
import type { RemoteOrigin } from "../model/remote.ts";
import { fileId } from "../model/resource.ts";
import type { Settings } from "../model/settings.ts";
import type { IntakeEntry, SourceRecord } from "../model/source.ts";
import { fetchLimits, type Expected, type FetchAnswer } from "../tasks/fetch/spec.ts";
import { scan } from "../tasks/scan/spec.ts";
import { unreadable } from "./scan-files.ts";
import { fetchAddresses, type Asked, type FetchPorts } from "./fetch-addresses.ts";
import { isLeaseOver, leaseDays } from "./lease.ts";
import { attemptAfter, type Attempt, type RemoteTrouble } from "./remote-attempts.ts";
import { placeTaken, remoteFault } from "./remote-faults.ts";
import { remoteProblems, type Trouble } from "./remote-problems.ts";
import { keyOfRecord, wantedDocuments, wantedPictures, type Want } from "./remote-wants.ts";

/** What the engine remembers of remote resources while a project is open. */
export type RemoteMemory = {
  readonly attempts: Map<string, Attempt>;
  /** Whether the bytes of all copies were found in the artifact store since the project was opened. */
  verified: boolean;
  /** Copies whose lease is over and could not be renewed. */
  stale: ReadonlySet<ProjectPath>;
};

export const newRemoteMemory = (): RemoteMemory => ({
  attempts: new Map(),
  verified: false,
  stale: new Set(),
});

/** The files of the folder, without what was fetched. */
export type FolderFiles = {
  readonly has: (path: ProjectPath) => boolean;
  /** Among them all that show pictures of other servers. */
  readonly showing: readonly SourceRecord[];
};

/** What the fetching of a project starts from. */
export type RemoteProject = {
  readonly settings: Settings;
  /** Where the settings stand: what a problem of theirs points to. */
  readonly settingsPath: ProjectPath;
  readonly files: FolderFiles;
  /** What was fetched before. */
  readonly held: readonly SourceRecord[];
  /** Whether what is said of the copies comes from another browser, and so is not believed. */
  readonly isForeign: boolean;
  readonly memory: RemoteMemory;
};

export type RemotePorts = FetchPorts & {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly online: boolean;
  /** XXH64 of a text. */
  readonly hash: (text: string) => string;
  readonly present: (hashes: readonly ContentHash[]) => Promise<ReadonlySet<ContentHash>>;
  readonly scan: (entries: readonly IntakeEntry[]) => Promise<readonly SourceRecord[]>;
  /** Told how many addresses are about to be asked. */
  readonly asking: (count: number) => void;
};

/** The remote resources of a project as they are after asking what was due. */
export type RemoteSources = {
  readonly records: readonly SourceRecord[];
  readonly problems: readonly Problem[];
  readonly stale: ReadonlySet<ProjectPath>;
};

/**
 * Brings the remote resources of a project up to date: documents first, since they show pictures of their own. Asks
 * only for what is due: a copy whose lease is over, and what there is no copy of. Without a network, and without
 * anything due, no request is made. Rejects with an `AbortError` once the signal aborts.
 */
export async function fetchRemote(
  project: RemoteProject,
  ports: RemotePorts,
  signal: AbortSignal,
): Promise<RemoteSources> {
  const { settings, settingsPath, files } = project;
  const round = await startRound(project, ports, signal);
  const documents = await round.settle(wantedDocuments(settingsPath, settings.remote, files.has));
  const shown = [...files.showing, ...documents.filter(({ fault }) => fault === null)];
  const pictures = await round.settle(wantedPictures(shown, settings));
  const taken = takenPlaces(project);
  round.forgetOthers();
  return {
    records: [...documents, ...pictures.filter(({ path }) => !files.has(path))],
    problems: [...taken, ...remoteProblems(round.troubles)],
    stale: new Set(round.stale),
  };
}

function takenPlaces({ settings, settingsPath, files }: RemoteProject): readonly Problem[] {
  return Object.entries(settings.remote.documents)
    .filter(([place]) => files.has(place as ProjectPath))
    .sort(([a], [b]) => compareNames(a, b))
    .map(([place, url]) => ({
      ...placeTaken(place as ProjectPath, url),
      path: settingsPath,
      line: null,
    }));
}

async function startRound(project: RemoteProject, ports: RemotePorts, signal: AbortSignal): Promise<Round> {
  const { held, memory, isForeign } = project;
  const usable = held.filter(({ fault }) => fault === null);
  const mustLook = usable.length > 0 && (!memory.verified || isForeign);
  const there = mustLook ? await ports.present(usable.map(({ contentHash }) => contentHash)) : null;
  memory.verified = true;
  const copies = usable.filter(({ contentHash }) => there?.has(contentHash) ?? true);
  const failed = held.filter(({ fault }) => fault !== null);
  return new Round({ ...project, copies: byKey(copies), failed: byKey(failed) }, ports, signal);
}

type Known = ReadonlyMap<string, SourceRecord>;

function byKey(records: readonly SourceRecord[]): Known {
  return new Map(records.map((record) => [keyOfRecord(record) ?? record.path, record]));
}

/** A want with what is known of it. */
type Case = { readonly want: Want; readonly copy: SourceRecord | undefined; readonly days: number };

/** What is found out in one intake. */
class Round {
  readonly troubles: Trouble[] = [];
  readonly stale: ProjectPath[] = [];
  readonly #wanted = new Set<string>();
  readonly #project: RemoteProject & { readonly copies: Known; readonly failed: Known };
  readonly #ports: RemotePorts;
  readonly #signal: AbortSignal;

  constructor(
    project: RemoteProject & { readonly copies: Known; readonly failed: Known },
    ports: RemotePorts,
    signal: AbortSignal,
  ) {
    this.#project = project;
    this.#ports = ports;
    this.#signal = signal;
  }

  /** The records that fulfil `wants`, in their order; what is linked instead has none. */
  async settle(wants: readonly Want[]): Promise<readonly SourceRecord[]> {
    const cases = wants.map((want) => this.#look(want));
    const answers = await this.#ask(cases.filter((one) => this.#isDue(one)));
    const settled = cases.map((one) => this.#conclude(one, answers.get(one.want.key)));
    const entries = settled.flatMap((end) => (end.type === "scan" ? [end.entry] : []));
    const scanned = entries.length === 0 ? [] : await this.#ports.scan(entries);
    const byPath = new Map(scanned.map((record) => [record.path, record]));
    return settled.flatMap((end) => {
      if (end.type === "none") return [];
      if (end.type === "record") return [end.record];
      const record = byPath.get(end.entry.path);
      return record === undefined ? [] : [{ ...record, remote: end.origin }];
    });
  }

  /** Forgets failures of what nothing wants any more. */
  forgetOthers(): void {
    const { attempts } = this.#project.memory;
    for (const key of [...attempts.keys()]) if (!this.#wanted.has(key)) attempts.delete(key);
  }

  #look(want: Want): Case {
    this.#wanted.add(want.key);
    const { copies, settings } = this.#project;
    return { want, copy: copies.get(want.key), days: leaseDays(want.url, want.kind, settings.remote) };
  }

  #isDue({ want, copy, days }: Case): boolean {
    const attempt = this.#project.memory.attempts.get(want.key);
    if (attempt !== undefined && this.#ports.now < attempt.notBefore) return false;
    return this.#isOver(copy, days);
  }

  #isOver(copy: SourceRecord | undefined, days: number): boolean {
    if (copy?.remote === undefined || this.#project.isForeign) return true;
    return isLeaseOver(copy.remote.lastChecked, days, this.#ports.now);
  }

  /** Answers by key. What was due and has none here was put off. */
  async #ask(due: readonly Case[]): Promise<ReadonlyMap<string, FetchAnswer | { readonly type: "put-off" }>> {
    if (due.length === 0) return new Map();
    const putOff = due.map(({ want }) => [want.key, { type: "put-off" }] as const);
    if (!this.#ports.online) return new Map(putOff);
    this.#ports.asking(due.length);
    const asked = due.map((one): Asked => this.#asked(one));
    const answers = await fetchAddresses(asked, this.#ports, this.#signal);
    return new Map(
      due.map(({ want }, n) => {
        const id = asked[n]?.resourceId;
        return [want.key, (id && answers.get(id)) ?? ({ type: "put-off" } as const)];
      }),
    );
  }

  #asked({ want, copy }: Case): Asked {
    const { settings, isForeign } = this.#project;
    const limits = { ...fetchLimits, maxBytes: settings.remote.maxBytes };
    const held = copy?.remote === undefined || isForeign ? null : copy.remote;
    const validators = held && { etag: held.etag, lastModified: held.lastModified };
    return {
      resourceId: fileId(this.#place(want, "")),
      input: { url: want.url, expected: expectedOf(want), held: validators, now: this.#ports.now, limits },
    };
  }

  #place({ place, url }: Want, extension: string): ProjectPath {
    return place ?? remotePlace(url, this.#ports.hash(url), extension);
  }

  #conclude(one: Case, answer: FetchAnswer | { readonly type: "put-off" } | undefined): End {
    const { want, copy, days } = one;
    const { attempts } = this.#project.memory;
    if (answer?.type === "fetched" || answer?.type === "not-modified") attempts.delete(want.key);
    switch (answer?.type) {
      case "fetched":
        return this.#fetched(one, answer);
      case "not-modified":
        return copy?.remote === undefined
          ? { type: "none" }
          : this.#keep(copy, renewed(copy.remote, answer, this.#lease(days)));
      case "failed":
        return this.#fail(one, answer.trouble);
      case "put-off":
        return this.#fail(one, { reason: this.#ports.online ? "late" : "offline" });
      default:
        return this.#unasked(one);
    }
  }

  #lease(days: number): Pick<RemoteOrigin, "lastChecked" | "expiryDays"> {
    return { lastChecked: this.#ports.now, expiryDays: days };
  }

  #fetched({ want, copy, days }: Case, answer: Extract<FetchAnswer, { type: "fetched" }>): End {
    const { finalUrl, etag, lastModified, hash, size, format } = answer;
    const { url, kind } = want;
    const origin = { kind, url, finalUrl, etag, lastModified, ...this.#lease(days) };
    if (copy?.contentHash === hash) return this.#keep(copy, origin);
    const path = this.#place(want, format === "jpeg" ? "jpg" : (format ?? ""));
    return { type: "scan", origin, entry: { path, size, modified: 0, bytes: { type: "artifact", hash } } };
  }

  /** The same bytes as before; scanned again only where the scan is another one, or another's. */
  #keep(copy: SourceRecord, origin: RemoteOrigin): End {
    const { path, size, contentHash: hash } = copy;
    if (copy.scanVersion === scan.version && !this.#project.isForeign) {
      return { type: "record", record: copy.remote === origin ? copy : { ...copy, remote: origin } };
    }
    return { type: "scan", origin, entry: { path, size, modified: 0, bytes: { type: "artifact", hash } } };
  }

  #fail(one: Case, trouble: RemoteTrouble): End {
    const { attempts } = this.#project.memory;
    const { key } = one.want;
    const attempt = attemptAfter(attempts.get(key), trouble, this.#ports.now);
    if (attempt !== undefined) attempts.set(key, attempt);
    return this.#without(one, trouble);
  }

  /** Not due, either since the lease lasts or since it failed a short time ago. */
  #unasked(one: Case): End {
    const attempt = this.#project.memory.attempts.get(one.want.key);
    if (attempt !== undefined && this.#isOver(one.copy, one.days)) return this.#without(one, attempt.trouble);
    const { copy } = one;
    return copy?.remote === undefined ? { type: "none" } : this.#keep(copy, copy.remote);
  }

  /** Nothing new came: the copy serves; without one it is linked, or has failed. */
  #without({ want, copy, days }: Case, trouble: RemoteTrouble): End {
    const { settings, failed } = this.#project;
    if (copy?.remote !== undefined) {
      this.stale.push(copy.path);
      this.troubles.push({ want, trouble, instead: "stale" });
      return this.#keep(copy, copy.remote);
    }
    if (settings.remote.onError === "link") {
      this.troubles.push({ want, trouble, instead: "linked" });
      return { type: "none" };
    }
    const fault = remoteFault({ kind: want.kind, url: want.url, count: 1, trouble, instead: "failed" });
    const known = failed.get(want.key);
    if (known?.fault?.message === fault.message) return { type: "record", record: known };
    return { type: "record", record: this.#failedRecord(want, fault, days) };
  }

  #failedRecord(want: Want, fault: NonNullable<SourceRecord["fault"]>, days: number): SourceRecord {
    const { url, kind } = want;
    const origin = {
      kind,
      url,
      finalUrl: url,
      etag: null,
      lastModified: null,
      lastChecked: 0,
      expiryDays: days,
    };
    return { ...unreadable({ path: this.#place(want, ""), kind }, fault), remote: origin };
  }
}

/** How a want ends: with a record, with bytes that are to be scanned for one, or without any. */
type End =
  | { readonly type: "record"; readonly record: SourceRecord }
  | { readonly type: "scan"; readonly entry: IntakeEntry; readonly origin: RemoteOrigin }
  | { readonly type: "none" };

function expectedOf({ kind, place }: Want): Expected {
  if (kind === "image") return "image";
  return place !== null && /\.html?$/i.test(place) ? "html" : "markdown";
}

/** What a server does not repeat of a copy still holds (RFC 9111, 4.3.4). */
function renewed(
  origin: RemoteOrigin,
  { etag, lastModified }: Extract<FetchAnswer, { type: "not-modified" }>,
  lease: Pick<RemoteOrigin, "lastChecked" | "expiryDays">,
): RemoteOrigin {
  return {
    ...origin,
    etag: etag ?? origin.etag,
    lastModified: lastModified ?? origin.lastModified,
    ...lease,
  };
}

import { folderOf, resolveFromFolder, type ProjectPath } from "../base/project-path.ts";
import { isExternal } from "../documents/reference-target.ts";
import { addressFrom, addressOf } from "../documents/remote-address.ts";
import type { Reference } from "../model/facts.ts";
import type { SourceRecord } from "../model/source.ts";

/** What was fetched, by the address under which documents name it. */
export type RemoteIndex = {
  readonly pictures: ReadonlyMap<string, ProjectPath>;
  readonly documents: ReadonlyMap<string, ProjectPath>;
};

export function indexRemote(sources: Iterable<SourceRecord>): RemoteIndex {
  const index = { image: new Map<string, ProjectPath>(), document: new Map<string, ProjectPath>() };
  for (const { path, remote } of sources) if (remote !== undefined) index[remote.kind].set(remote.url, path);
  return { pictures: index.image, documents: index.document };
}

/** The fetched picture that a reference to `url` shows. */
export function pictureAt(
  index: RemoteIndex,
  { form, element }: Reference,
  url: string,
): ProjectPath | undefined {
  if ((form !== "image" && form !== "embed") || element !== undefined) return undefined;
  const address = addressOf(url);
  return address === undefined ? undefined : index.pictures.get(address);
}

/**
 * A reference as a file of the folder would write it: what a fetched document says is meant from its address, and a
 * document that could not be fetched is linked to where it is.
 */
export function asOfFolder(
  index: RemoteIndex,
  from: SourceRecord | undefined,
  reference: Reference,
  unfetched: (path: ProjectPath) => string | undefined,
): Reference {
  const { form, target } = reference;
  if ((form !== "link" && form !== "image") || from === undefined || isExternal(target)) return reference;
  if (from.remote !== undefined) return asOfAddress(index, from.remote.finalUrl, reference);
  const path = form === "link" ? resolveFromFolder(folderOf(from.path), target) : undefined;
  const url = path === undefined ? undefined : unfetched(path);
  return url === undefined ? reference : toAddress(reference, url);
}

function asOfAddress(index: RemoteIndex, base: string, reference: Reference): Reference {
  if (reference.target === "") return reference;
  const url = addressFrom(base, reference.target);
  if (url === undefined) return reference;
  const path = reference.form === "link" ? index.documents.get(url) : undefined;
  return path === undefined ? toAddress(reference, url) : { ...reference, target: `/${path}` };
}

function toAddress(reference: Reference, url: string): Reference {
  const anchor = reference.anchor === "" ? "" : `#${encodeURIComponent(reference.anchor)}`;
  return { ...reference, target: `${url}${anchor}`, anchor: "" };
}

import { parseProjectPath, withoutExtension, fileNameOf, type ProjectPath } from "../base/project-path.ts";
import { decodePercent } from "./reference-target.ts";

/** Longer addresses hold data rather than a place. */
const longest = 2000;

/**
 * The one form of a web address under which its resource is known: absolute, `http` or `https`, without `#…`.
 * `undefined` for what cannot be fetched without more: other schemes, names and passwords, relative addresses.
 */
export function addressOf(raw: string): string | undefined {
  const absolute = raw.startsWith("//") ? `https:${raw}` : raw;
  if (!/^https?:\/\//i.test(absolute) || raw.length > longest || !URL.canParse(absolute)) return undefined;
  const url = new URL(absolute);
  if (url.username !== "" || url.password !== "") return undefined;
  url.hash = "";
  return url.href.length > longest ? undefined : url.href;
}

/** The address of what a fetched document calls `target`, a path without `?…` and `#…`, percent-decoding undone. */
export function addressFrom(base: string, target: string): string | undefined {
  const encoded = target.split("/").map(encodePart).join("/");
  return URL.canParse(encoded, base) ? addressOf(new URL(encoded, base).href) : undefined;
}

/** Whom an address is asked from: name and port. */
export function hostOf(address: string): string {
  return new URL(address).host;
}

/**
 * Where a fetched picture stands in the project: readable, and another for each address, since it holds a hash of it.
 * `extension` is that of the format which its bytes turned out to have, or "".
 */
export function remotePlace(address: string, hash: string, extension: string): ProjectPath {
  const { host, pathname } = new URL(address);
  const last = fileNameOf(decodePercent(pathname.replace(/\/+$/, "")));
  const stem = plain(withoutExtension(last)).slice(0, 40);
  const name = `${stem === "" ? "" : `${stem}-`}${hash}${extension === "" ? "" : `.${extension}`}`;
  // Neither part can be empty or lead upwards, so this is always a path.
  return parseProjectPath(`remote/${plain(host) || "host"}/${name}`) ?? (`remote/${hash}` as ProjectPath);
}

/** Letters, digits and a few signs that every file system takes. */
function plain(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[.-]+|[.-]+$/g, "");
}

/** Half a surrogate pair has no encoding. */
function encodePart(part: string): string {
  try {
    return encodeURIComponent(part);
  } catch {
    return "";
  }
}

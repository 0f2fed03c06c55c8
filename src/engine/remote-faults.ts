import { unreachable } from "../base/invariant.ts";
import type { Fault } from "../base/fault.ts";
import type { ProjectPath } from "../base/project-path.ts";
import { hostOf } from "../documents/remote-address.ts";
import type { RemoteKind } from "../model/remote.ts";
import type { RemoteTrouble } from "./remote-attempts.ts";

/** Some resources that could not be fetched for one reason. */
export type TroubleGroup = {
  readonly kind: RemoteKind;
  /** Of the first of them. */
  readonly url: string;
  readonly count: number;
  readonly trouble: RemoteTrouble;
  /** What happens instead. */
  readonly instead: "stale" | "linked" | "failed";
};

/** What a person should know of resources that could not be fetched: what, why, and what happens instead. */
export function remoteFault(group: TroubleGroup): Fault {
  const { kind, trouble, instead } = group;
  return {
    code: instead === "stale" ? "remote-stale" : "remote-unavailable",
    severity: instead === "failed" ? "error" : "warning",
    message: `${subjectOf(group)} could not be fetched: ${reasonOf(group)}.${sayInstead(group)}`,
    remedy: remedyOf(trouble, kind),
  };
}

/** A file of the folder has the place that the settings give to a document by its address. */
export function placeTaken(place: ProjectPath, url: string): Fault {
  return {
    code: "remote-place-taken",
    severity: "warning",
    message: `The folder has a file ${place}, so the document ${url} is not fetched into its place.`,
    remedy: "Give the document another place in remote.documents, or remove the file.",
  };
}

/** Trouble of the whole project, of a host, or of the one address. */
export function troubleScope({ reason }: RemoteTrouble): "project" | "host" | "address" {
  if (reason === "offline" || reason === "late" || reason === "no-fetcher") return "project";
  const isOfHost =
    reason === "unreachable" ||
    reason === "too-slow" ||
    reason === "no-permission" ||
    reason === "insecure" ||
    reason === "busy";
  return isOfHost ? "host" : "address";
}

function subjectOf({ kind, url, count, trouble }: TroubleGroup): string {
  const noun = kind === "image" ? "picture" : "document";
  if (count === 1) return `The ${noun} ${shortened(url)}`;
  const whose = troubleScope(trouble) === "host" ? ` of ${hostOf(url)}` : "";
  return `${count} ${noun}s${whose}, ${shortened(url)} among them,`;
}

const shortened = (url: string): string => (url.length > 120 ? `${url.slice(0, 117)}...` : url);

function sayInstead({ instead, count }: TroubleGroup): string {
  if (instead === "failed") return "";
  if (instead === "stale") {
    return count === 1 ? " The copy fetched before is used." : " The copies fetched before are used.";
  }
  return count === 1 ? " Pages link to its address." : " Pages link to their addresses.";
}

const meanings: Readonly<Record<number, string>> = {
  401: ", so it asks for a password",
  403: ", so it may not be seen by everybody",
  404: ", so it is not there",
  410: ", so it is not there any more",
};

function reasonOf({ trouble, url, kind }: TroubleGroup): string {
  const host = hostOf(url);
  switch (trouble.reason) {
    case "status":
      return `${host} answers ${trouble.status}${meanings[trouble.status] ?? ""}`;
    case "busy":
      return trouble.status === 429
        ? `${host} was asked too often and wants to be left alone for a while`
        : `${host} has trouble of its own at the moment (${trouble.status})`;
    case "no-permission":
      return `${host} does not permit other websites to read it, and so neither Strata (CORS), or does not have it`;
    case "redirects":
      return "the address leads on to others and never to a file that may be read";
    case "unreachable":
      return `${host} does not answer`;
    case "too-slow":
      return `${host} took too long to answer`;
    case "insecure":
      return "the address begins with http, and a page that came over https may not ask there";
    case "too-large":
      return `it has more than the ${trouble.maxBytes} bytes that remote.maxBytes allows`;
    case "wrong-type":
      return wrongType(kind, trouble.mediaType);
    case "no-fetcher":
      return "without workers Strata asks no server";
    case "offline":
      return "there is no network";
    case "late":
      return "others took all the time there is for fetching";
    default:
      return unreachable(trouble);
  }
}

function wrongType(kind: RemoteKind, mediaType: string): string {
  const type = mediaType === "" ? "something else" : `"${mediaType.slice(0, 60)}"`;
  if (kind === "image") return `what comes is no picture that Strata reads, but ${type}`;
  return mediaType === "text/html"
    ? "what comes is a web page and not the text of the document"
    : `what comes is not the text of a document, but ${type}`;
}

function remedyOf({ reason }: RemoteTrouble, kind: RemoteKind): string {
  const noun = kind === "image" ? "picture" : "document";
  switch (reason) {
    case "no-permission":
    case "no-fetcher":
      return `Save the ${noun} into the folder and name it there, if it is to be part of the site.`;
    case "insecure":
      return "Write the address with https, if the server knows that too.";
    case "too-large":
      return "Allow more in the setting remote.maxBytes, or use a smaller file.";
    case "wrong-type":
      return kind === "image"
        ? "Use the address of the picture itself, not that of a page that shows it."
        : "Use the address of the file itself; on GitHub that is the one behind Raw.";
    case "status":
    case "redirects":
      return "Correct the address.";
    case "offline":
      return "Build again when there is a network.";
    default:
      return "Build again later; correct the address if it stays like this.";
  }
}

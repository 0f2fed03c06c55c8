import { z } from "zod";
import { parseProjectPath, type ProjectPath } from "../base/project-path.ts";
import { defaultRemote, type RemoteSettings } from "../model/remote.ts";
import { sourceKindOf } from "../model/resource.ts";
import { addressOf } from "./remote-address.ts";
import type { Check, SettingsReader, Values } from "./settings-reader.ts";

const address = z.string().transform((raw, context): string => {
  const url = addressOf(raw);
  if (url !== undefined) return url;
  context.addIssue({ code: "custom", message: "is no web address" });
  return z.NEVER;
});

const days: Check<number> = [z.number().min(0).max(3650), "a number of days from 0 to 3650"];

const remote = {
  images: [z.boolean(), "true or false"],
  onError: [z.enum(["link", "fail"]), '"link" or "fail"'],
  maxBytes: [z.int().min(1).max(104_857_600), "a whole number of bytes from 1 to 104857600"],
} as const;

const names = ["images", "documents", "onError", "expiryDays", "expiry", "maxBytes"];
const documentAddress: Check<string> = [address, 'an address such as "https://example.org/guide.md"'];

/** The group `remote` of the settings. */
export function readRemoteSettings(reader: SettingsReader, values: Values): RemoteSettings {
  const given = reader.group(values, ["remote"], names);
  return {
    images: reader.value(remote.images, given, ["remote", "images"]) ?? defaultRemote.images,
    documents: readDocuments(reader, given),
    onError: reader.value(remote.onError, given, ["remote", "onError"]) ?? defaultRemote.onError,
    expiryDays: readExpiryDays(reader, given),
    expiry: reader
      .entries(days, given, ["remote", "expiry"], 'a group such as "https://example.org/**": 7')
      .map(([pattern, value]) => ({ pattern, days: value })),
    maxBytes: reader.value(remote.maxBytes, given, ["remote", "maxBytes"]) ?? defaultRemote.maxBytes,
  };
}

function readDocuments(reader: SettingsReader, given: Values): RemoteSettings["documents"] {
  const path = ["remote", "documents"];
  const entries = reader.entries(documentAddress, given, path, "a group of places with an address each");
  const documents: Record<ProjectPath, string> = {};
  for (const [key, url] of entries) {
    const place = parseProjectPath(key);
    if (place !== undefined && sourceKindOf(place) === "document") documents[place] = url;
    else reader.refuse([...path, key], "is no place of a document", 'a path such as "guides/upstream.md"');
  }
  return documents;
}

/** One number for everything, or one for each kind. */
function readExpiryDays(reader: SettingsReader, given: Values): RemoteSettings["expiryDays"] {
  const path = ["remote", "expiryDays"];
  const isGroup = typeof given["expiryDays"] === "object" && given["expiryDays"] !== null;
  if (!isGroup) {
    const all = reader.value(days, given, path);
    return all === undefined ? defaultRemote.expiryDays : { image: all, document: all };
  }
  const group = reader.group(given, path, ["images", "documents"]);
  return {
    image: reader.value(days, group, [...path, "images"]) ?? defaultRemote.expiryDays.image,
    document: reader.value(days, group, [...path, "documents"]) ?? defaultRemote.expiryDays.document,
  };
}

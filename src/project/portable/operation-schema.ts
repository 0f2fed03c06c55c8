import { z } from "zod";
import type { Json } from "../../base/json.ts";
import { parseProjectPath, type ProjectPath } from "../../base/project-path.ts";
import { addressOf } from "../../documents/remote-address.ts";
import { asContentHash } from "../../model/ids.ts";
import type { ImportedOperation } from "../../model/operation.ts";
import { fileId } from "../../model/resource.ts";

// The page's content policy allows no code made from text, which zod would try.
z.config({ jitless: true });

/** Deeper values would overflow the stack of whoever walks them. */
const maxDepth = 100;

/** What `JSON.parse` gave is JSON; only its depth is in question. */
const json = z.custom<Json>((value) => value !== undefined && isShallow(value, maxDepth), "is no JSON");
const jsonObject = z.custom<{ readonly [key: string]: Json }>(
  (value) =>
    typeof value === "object" && !Array.isArray(value) && value !== null && isShallow(value, maxDepth),
  "is no object",
);

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((part) => isShallow(part, depth - 1));
}

export const projectPath = z.string().transform((raw, context): ProjectPath => {
  const path = parseProjectPath(raw);
  if (path === raw) return path;
  context.addIssue({ code: "custom", message: "leads out of the project, or is no path" });
  return z.NEVER;
});

export const hash = z
  .string()
  .regex(/^[0-9a-f]{16}$/u, "is no XXH64")
  .transform(asContentHash);
export const count = z.int().min(0);

export const fault = z.strictObject({
  code: z.string(),
  severity: z.enum(["error", "warning", "info"]),
  message: z.string(),
  remedy: z.string(),
});
export const problem = fault.extend({ path: projectPath, line: z.int().nullable() });

const documentFacts = z.strictObject({
  type: z.literal("document"),
  syntax: z.enum(["markdown", "html"]),
  title: z.string().nullable(),
  frontMatter: jsonObject,
  headings: z.array(
    z.strictObject({ level: z.int().min(1).max(6), text: z.string(), anchor: z.string(), line: z.int() }),
  ),
  blocks: z.array(z.strictObject({ id: z.string(), firstLine: z.int(), line: z.int() })),
  elementIds: z.array(z.string()).exactOptional(),
  references: z.array(
    z.strictObject({
      form: z.enum(["link", "image", "wikilink", "embed"]),
      target: z.string(),
      anchor: z.string(),
      label: z.string(),
      line: z.int(),
      element: z.string().exactOptional(),
    }),
  ),
});

const imageFacts = z.strictObject({
  type: z.literal("image"),
  format: z.enum(["jpeg", "png", "webp", "avif", "gif", "svg"]),
  width: z.number().min(0),
  height: z.number().min(0),
  orientation: z.int().min(1).max(8),
  animated: z.boolean(),
});

const remoteOrigin = z.strictObject({
  kind: z.enum(["image", "document"]),
  url: z.string().refine((raw) => addressOf(raw) === raw, "is no web address"),
  finalUrl: z.string().refine((raw) => addressOf(raw) === raw, "is no web address"),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  lastChecked: z.number().min(0),
  expiryDays: z.number().min(0).max(3650),
});

const sourceRecord = z.strictObject({
  path: projectPath,
  kind: z.enum(["document", "image", "layout", "data", "asset"]),
  // -1 where a file could not be read.
  size: z.int().min(-1),
  modified: z.number(),
  contentHash: hash,
  scanVersion: count,
  facts: z.discriminatedUnion("type", [
    documentFacts,
    imageFacts,
    z.strictObject({ type: z.literal("other") }),
  ]),
  fault: fault.nullable(),
  problems: z.array(problem),
  remote: remoteOrigin.exactOptional(),
});

const relationshipName = z.strictObject({
  targetId: z.string(),
  type: z.enum([
    "references",
    "embeds",
    "uses-image",
    "uses-layout",
    "has-variant",
    "depends-on",
    "parent-child",
  ]),
});
const relationships = z.array(relationshipName.extend({ metadata: json.exactOptional() }));

const action = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("PUT_SOURCE"), source: sourceRecord }),
  z.strictObject({ type: z.literal("DELETE_SOURCE") }),
  z.strictObject({ type: z.literal("ADD_RELATIONSHIP"), relationships }),
  // An intake names the metadata of what it removes too.
  z.strictObject({ type: z.literal("REMOVE_RELATIONSHIP"), relationships }),
  z.strictObject({ type: z.literal("UPDATE_RELATIONSHIP"), relationships }),
  z.strictObject({ type: z.literal("DELETE_DOCUMENT") }),
]);

/** The database holds neither NUL nor half a surrogate pair in the name of a branch. */
const branch = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\0\p{Cs}]*$/u, "is no name of a branch");
/** What the database's columns hold, with room to count on. */
const small = count.max(2 ** 30);

/** One line of `log.ndjson`: an operation that the log can take, as far as one alone can be judged. */
export const operationSchema = z
  .strictObject({
    documentId: z.string().min(1),
    scope: z.enum(["source", "document"]),
    branch,
    action,
    actionId: z.guid(),
    index: small,
    skip: small,
    following: small,
    hash,
    time: z.number().min(0),
    sequence: small,
  })
  .superRefine(refuseContradiction) satisfies z.ZodType<ImportedOperation>;

function refuseContradiction(
  { documentId, scope, action: done, skip, index }: ImportedOperation,
  context: z.RefinementCtx,
): void {
  const refuse = (message: string) => context.addIssue({ code: "custom", message });
  const ofSource = done.type === "PUT_SOURCE" || done.type === "DELETE_SOURCE";
  if ((scope === "source") !== ofSource) refuse(`${done.type} stands in scope ${scope}`);
  if (skip > index) refuse("it skips more than there is before it");
  if (done.type === "PUT_SOURCE" && fileId(done.source.path) !== documentId) {
    refuse("it puts a file under another's name");
  }
  if ("relationships" in done && done.relationships.some(({ targetId }) => targetId === documentId)) {
    refuse("it relates a document to itself");
  }
}

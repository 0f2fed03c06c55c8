import { z } from "zod";
import { asProjectId, asResourceId, asSitePath, asTaskKey } from "../../model/ids.ts";
import type { OutputRecord } from "../../model/output.ts";
import { defaultRemote, type RemoteSettings } from "../../model/remote.ts";
import type { Settings } from "../../model/settings.ts";
import { formatName, type ProjectHeader } from "./format.ts";
import { count, fault, hash, problem, projectPath } from "./operation-schema.ts";

/** Printable, for it becomes a header of the preview. */
const mediaType = z.string().regex(/^[\x20-\x7e]{0,200}$/u, "is no media type");
const artifact = z.strictObject({ hash, size: count, type: mediaType });
const resourceId = z.string().min(1).transform(asResourceId);

/** One line of `made.ndjson`. An output is named after what it is, so none can take the place of a file. */
export const outputSchema = z
  .strictObject({
    id: resourceId,
    kind: z.enum(["page", "fragment", "variant", "copy", "listing", "feed"]),
    status: z.enum(["PENDING", "DIRTY", "READY", "RUNNING", "DONE", "FAILED", "POISONED", "CANCELLED"]),
    sitePath: projectPath.transform(asSitePath).nullable(),
    artifact: artifact.nullable(),
    taskKey: hash.transform(asTaskKey).nullable(),
    parts: z.array(z.strictObject({ label: z.string(), value: z.string() })),
    problems: z.array(problem),
    fault: fault.nullable(),
    culprits: z.array(resourceId),
    cause: z.string(),
    durationMs: z.number().nullable(),
  })
  .refine(({ id, kind }) => id.startsWith(`${kind}:`), {
    path: ["id"],
    message: "names another kind of thing",
  }) satisfies z.ZodType<OutputRecord>;

const days = z.number().min(0).max(3650);
const address = z.string().regex(/^https?:\/\//u);
const remoteSchema = z.strictObject({
  images: z.boolean(),
  documents: z.record(projectPath, address),
  onError: z.enum(["link", "fail"]),
  expiryDays: z.strictObject({ image: days, document: days }),
  expiry: z.array(z.strictObject({ pattern: z.string(), days })).readonly(),
  maxBytes: z.int().min(1).max(104_857_600),
}) satisfies z.ZodType<RemoteSettings>;

const settingsSchema = z.strictObject({
  title: z.string().nullable(),
  language: z.string().regex(/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/iu),
  baseUrl: z
    .string()
    .regex(/^https?:\/\//iu)
    .nullable(),
  ignore: z.array(z.string()),
  layout: projectPath.nullable(),
  images: z.strictObject({
    widths: z.array(z.int().min(16).max(8192)).min(1).max(24),
    quality: z.int().min(1).max(100),
    formats: z.array(z.enum(["webp", "avif"])).min(1),
  }),
  // Files of before do not tell.
  remote: remoteSchema.default(defaultRemote),
}) satisfies z.ZodType<Settings>;

/** What is looked at before the rest, which another version may have in another form. */
export const formatSchema = z.object({ format: z.literal(formatName), version: z.int().min(1) });

/** `project.json`. */
export const headerSchema = z.strictObject({
  format: z.literal(formatName),
  version: z.int().min(1),
  projectId: z.guid().toLowerCase().transform(asProjectId),
  name: z.string().min(1).max(1000),
  exportedAt: z.number(),
  app: z.string().max(100),
  settings: settingsSchema.nullable(),
  counts: z.strictObject({ operations: count, outputs: count, artifacts: count }),
}) satisfies z.ZodType<ProjectHeader>;

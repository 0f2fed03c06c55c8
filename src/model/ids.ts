import type { Brand } from "../base/brand.ts";

/** One project: a random UUID given when the project is first opened. */
export type ProjectId = Brand<string, "ProjectId">;
/** One run of the build: a random UUID. */
export type JobId = Brand<string, "JobId">;
/** XXH64 of some bytes, 16 lower-case hex digits. */
export type ContentHash = Brand<string, "ContentHash">;
/** XXH64 over everything a task depends on, 16 lower-case hex digits. */
export type TaskKey = Brand<string, "TaskKey">;
/** The place of a file in the finished site: relative, `/` between parts, never leading outside. */
export type SitePath = Brand<string, "SitePath">;
/** One node of the dependency graph; see `resource.ts` for its forms. */
export type ResourceId = Brand<string, "ResourceId">;

/** Marks a string that comes from our own database, wire or generator as the id it is. */
export const asProjectId = (id: string): ProjectId => id as ProjectId;
export const asJobId = (id: string): JobId => id as JobId;
export const asContentHash = (hex: string): ContentHash => hex as ContentHash;
export const asTaskKey = (hex: string): TaskKey => hex as TaskKey;
export const asSitePath = (path: string): SitePath => path as SitePath;
export const asResourceId = (id: string): ResourceId => id as ResourceId;

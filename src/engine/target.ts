import type { ProjectPath } from "../base/project-path.ts";
import type { ResourceId, SitePath } from "../model/ids.ts";
import type { Problem } from "../model/problem.ts";
import type { Relationship } from "../model/relationship.ts";
import type { Backlink, NavigationItem, PageFrame, ResolvedReference } from "../model/render.ts";
import type { EmitInput } from "../tasks/emit/spec.ts";
import type { VariantFormat } from "../model/settings.ts";
import type { Shrink } from "../tasks/transcode/spec.ts";

/** A resolved reference whose fragment is still to be built: its hash is known only when the task starts. */
export type PlannedReference =
  | Exclude<ResolvedReference, { type: "fragment" }>
  | {
      readonly type: "fragment";
      readonly fragment: ResourceId;
      readonly href: SitePath;
      readonly anchor: string;
      readonly title: string;
    };

export type PlannedReferences = { readonly [key: string]: PlannedReference };

type Common = {
  readonly id: ResourceId;
  /** Where the finished site has the output; `null` for fragments. */
  readonly sitePath: SitePath | null;
  /** Files and other targets that this one waits for; ordered by name, each once. */
  readonly inputs: readonly ResourceId[];
};

/** The part of a page's frame that every page of the project shares. */
export type SiteFrame = Pick<PageFrame, "siteTitle" | "language" | "baseUrl" | "stylesheet">;

/** What stands around a page's own content. Navigation is shared by the pages of a folder, and by identity. */
export type Surroundings = {
  readonly title: string;
  readonly navigation: readonly NavigationItem[];
  readonly backlinks: readonly Backlink[];
  readonly layout: ProjectPath | null;
};

/** One thing that Strata makes, with all that its task needs but the bytes. */
export type Target =
  | (Common &
      Surroundings & {
        readonly kind: "page";
        readonly path: ProjectPath;
        readonly references: PlannedReferences;
      })
  | (Common & {
      readonly kind: "fragment";
      readonly path: ProjectPath;
      readonly anchor: string;
      readonly references: PlannedReferences;
    })
  | (Common & {
      readonly kind: "variant";
      readonly path: ProjectPath;
      readonly width: number;
      readonly format: VariantFormat;
      readonly quality: number;
      /** How much smaller its source is decoded, for all of its variants. */
      readonly shrink: Shrink;
    })
  | (Common & { readonly kind: "copy"; readonly path: ProjectPath })
  | (Common &
      Surroundings & {
        readonly kind: "listing";
        readonly folder: string;
        readonly entries: readonly { readonly href: SitePath; readonly title: string }[];
      })
  | (Common & { readonly kind: "feed"; readonly emit: EmitInput });

export type TargetOf<K extends Target["kind"]> = Extract<Target, { readonly kind: K }>;

/** Everything that the folder, as scanned, asks to be made. A pure function of the sources and the settings. */
export type Blueprint = {
  /** Ordered by id. */
  readonly targets: ReadonlyMap<ResourceId, Target>;
  /** Each (source, target, type) once; ordered. */
  readonly relationships: readonly Relationship[];
  readonly problems: readonly Problem[];
  readonly frame: SiteFrame;
  /** 1-based line of the embed by which a target embeds itself. */
  readonly selfEmbeds: ReadonlyMap<ResourceId, number>;
};

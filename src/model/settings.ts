import type { ProjectPath } from "../base/project-path.ts";
import { defaultRemote, type RemoteSettings } from "./remote.ts";

export type VariantFormat = "webp" | "avif";

/** What `strata.yaml` may set, with every default filled in. */
export type Settings = {
  readonly title: string | null;
  /** BCP 47 tag for `<html lang>`. */
  readonly language: string;
  /** Absolute address of the finished site, ending in `/`, or `null`. */
  readonly baseUrl: string | null;
  /** Patterns in `.gitignore` syntax, on top of the defaults and of the `.gitignore` files. */
  readonly ignore: readonly string[];
  /** A Mustache template of the project, or `null` for the default layout. */
  readonly layout: ProjectPath | null;
  readonly images: {
    /** Pixels, ascending, each 16 to 8192. */
    readonly widths: readonly number[];
    /** 1 to 100. */
    readonly quality: number;
    readonly formats: readonly VariantFormat[];
  };
  readonly remote: RemoteSettings;
};

export const defaultSettings: Settings = {
  title: null,
  language: "en",
  baseUrl: null,
  ignore: [],
  layout: null,
  images: { widths: [320, 640, 1280, 1920], quality: 80, formats: ["webp"] },
  remote: defaultRemote,
};

import type { ResourceKind } from "../../model/resource.ts";

/** Kinds in the words of the person who uses the app. */
export const kindWords: Readonly<Record<ResourceKind, string>> = {
  document: "Document",
  image: "Image",
  layout: "Layout",
  data: "Settings",
  asset: "File",
  page: "Page",
  fragment: "Fragment",
  variant: "Variant",
  copy: "Copy",
  listing: "Listing",
  feed: "Site file",
};

/** Files of the folder first, then what is made from them. */
export const kindOrder: readonly ResourceKind[] = [
  "document",
  "image",
  "layout",
  "data",
  "asset",
  "page",
  "listing",
  "fragment",
  "variant",
  "copy",
  "feed",
];

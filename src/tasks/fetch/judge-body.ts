import type { ImageFormat } from "../../model/facts.ts";
import { readImageHeader } from "../scan/image-header.ts";
import type { Expected } from "./spec.ts";

/** What bytes turned out to be. */
export type Judgement = { readonly mediaType: string; readonly format: ImageFormat | null };

/**
 * Whether bytes are what was expected. A picture is judged by its bytes alone, since servers name its type wrongly; of
 * text only the server can say whether it is a document or the web page around one. `undefined` for anything else.
 */
export function judgeBody(expected: Expected, declared: string, bytes: Uint8Array): Judgement | undefined {
  if (expected === "image") return judgePicture(bytes);
  const isPage = declared === "text/html" || declared === "application/xhtml+xml";
  const fits = expected === "html" ? isPage || declared === "" : !isPage && isText(declared);
  if (!fits || bytes.includes(0)) return undefined;
  return { mediaType: expected === "html" ? "text/html" : "text/markdown", format: null };
}

function judgePicture(bytes: Uint8Array): Judgement | undefined {
  const header = readImageHeader(bytes);
  if (header.type !== "image") return undefined;
  const { format } = header;
  return { mediaType: format === "svg" ? "image/svg+xml" : `image/${format}`, format };
}

function isText(declared: string): boolean {
  return declared === "" || declared === "application/octet-stream" || declared.startsWith("text/");
}

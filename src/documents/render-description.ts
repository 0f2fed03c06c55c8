import type { ProjectPath } from "../base/project-path.ts";
import { parseFrontMatter } from "./front-matter.ts";
import { headingText } from "./heading-text.ts";

/** Characters that search engines show. */
const longest = 160;

/** What a page says of itself: the front matter's `description`, else the beginning of its first paragraph. */
export function describe(path: ProjectPath, yaml: string | null, paragraph: string | null): string | null {
  // Front matter is parsed again only where it may hold a description at all.
  if (yaml !== null && /^description\s*:/m.test(yaml)) {
    const { description } = parseFrontMatter(path, yaml).frontMatter;
    if (typeof description === "string" && description.trim() !== "") return shorten(description);
  }
  const text = paragraph === null ? "" : headingText(paragraph.slice(0, 4 * longest));
  return text === "" ? null : shorten(text);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest);
  const space = cut.lastIndexOf(" ");
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

import { schemeOf } from "./reference-target.ts";

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** The only elements that a document may bring along: none of them runs, loads a frame, or changes how text is read. */
export const allowedElements = words(
  `a abbr address article aside audio b bdi bdo blockquote br caption center cite code col colgroup dd del details
  dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main mark nav ol
  p picture pre q rp rt ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th
  thead time tr tt u ul var video wbr`,
);

/** Elements that go together with all that stands in them. */
export const emptiedElements = words(
  `applet canvas datalist embed frameset head iframe math noembed noframes noscript object option plaintext script
  select style svg template textarea title xmp`,
);

/** Elements without an end tag; `input` is the box of a task, which no document may write itself. */
export const voidElements = words(`br col hr img input source wbr`);

const everywhere = words(`align class dir height id lang title valign width`);

const byElement: Readonly<Record<string, ReadonlySet<string>>> = {
  a: words("href name"),
  audio: words("controls loop muted src"),
  col: words("span"),
  colgroup: words("span"),
  del: words("datetime"),
  details: words("open"),
  font: words("color size"),
  img: words("alt src srcset sizes"),
  ins: words("datetime"),
  li: words("value"),
  ol: words("start type reversed"),
  source: words("src srcset sizes type media"),
  td: words("colspan rowspan"),
  th: words("colspan rowspan scope"),
  time: words("datetime"),
  video: words("controls loop muted playsinline poster src"),
};

/** Whether an element may carry an attribute. What an address leads to is judged apart. */
export function isAllowedAttribute(element: string, name: string): boolean {
  if (everywhere.has(name)) return true;
  return Object.hasOwn(byElement, element) && byElement[element]?.has(name) === true;
}

/** An `id` of the document, or "" for one that belongs to the page's own frame: those begin with `strata:`. */
export function safeId(value: string): string {
  return /^strata:/i.test(value) ? "" : value;
}

/** The value of a `class` without what belongs to the page's own frame: `strata-…`. */
export function safeClasses(value: string): string {
  if (!/strata-/i.test(value)) return value;
  return value
    .split(/\s+/)
    .filter((name) => !/^strata-/i.test(name))
    .join(" ");
}

const linkSchemes = words(`http https mailto tel sms ftp ftps geo xmpp irc ircs matrix magnet obsidian`);
const dataImage = /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,[a-z0-9+/=\s]*$/i;

/** Whether a link may lead to an address outside the site. */
export function isSafeLink(url: string): boolean {
  if (url.startsWith("//")) return true;
  const scheme = schemeOf(url);
  return scheme !== undefined && linkSchemes.has(scheme);
}

/** Whether an image may be loaded from an address outside the site: the web, or a bitmap in the address itself. */
export function isSafeImage(url: string): boolean {
  if (url.startsWith("//")) return true;
  const scheme = schemeOf(url);
  if (scheme === "data") return dataImage.test(url);
  return scheme === "http" || scheme === "https";
}

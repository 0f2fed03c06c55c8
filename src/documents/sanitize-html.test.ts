import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderPageHtml } from "./page-html.ts";
import { elementsOf, frame, render } from "./render.test-kit.ts";
import { balance } from "./sanitize-balance.ts";
import { parseSourceSet } from "./sanitize-srcset.ts";
import { addressesInSrcset } from "./html-tags.ts";

const forbidden = new Set(
  "script style iframe object embed applet form base meta link svg math template noscript frame frameset textarea title xmp plaintext noembed button select".split(
    " ",
  ),
);

/** What a browser could run, load or be misled by. */
function dangersIn(html: string): string[] {
  return elementsOf(html).flatMap(({ name, attributes }) => [
    ...(forbidden.has(name) ? [`<${name}>`] : []),
    ...Object.entries(attributes).flatMap(([attribute, value]) =>
      isDangerous(attribute, value) ? [`${name} ${attribute}=${value}`] : [],
    ),
  ]);
}

function isDangerous(attribute: string, value: string): boolean {
  if (
    /^(?:on|style$|srcdoc$|formaction$|xlink:|popover|contenteditable$|target$|ping$|is$|slot$)/.test(
      attribute,
    )
  )
    return true;
  if (!["href", "src", "srcset", "poster"].includes(attribute)) return false;
  // oxlint-disable-next-line no-control-regex -- browsers ignore these signs in addresses
  const address = value.replace(/[\u0001-\u0020]/g, "").toLowerCase();
  return /^(?:javascript|vbscript|file|blob|filesystem|data:(?!image\/(?:png|jpe?g|gif|webp|avif);))/.test(
    address,
  );
}

const attacks = [
  "<script>alert(1)</script>",
  "<ScRiPt src=//evil.example></sCrIpT >",
  "<img src=x onerror=alert(1)>",
  "<img/src='x'/onerror=alert(1)//",
  "<svg onload=alert(1)><script>alert(1)</script></svg>",
  "<svg><style><img src=x onerror=alert(1)></style></svg>",
  "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
  "<a href='java&#x09;script:alert(1)'>x</a>",
  "<a href=' \u0001javascript:alert(1)'>x</a>",
  '<a href="javascript&colon;alert(1)">x</a>',
  "[x](javascript:alert(1))",
  "[x](<java\nscript:alert(1)>)",
  "[x](&#106;avascript:alert(1))",
  "![x](data:text/html,<script>alert(1)</script>)",
  "[x](data:text/html;base64,PHNjcmlwdD4=)",
  "![x](data:image/svg+xml;base64,PHN2Zz4=)",
  "<javascript:alert(1)>",
  "[[javascript:alert(1)]]",
  "![[javascript:alert(1)]]",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "<object data=x></object><embed src=x><base href=//evil.example><meta http-equiv=refresh content='0;url=//x'>",
  "<form action=//x><button formaction=javascript:alert(1)>x</button></form>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
  "<textarea></p><script>alert(1)</script></textarea>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<p title='\n\n<script>alert(1)</script>'>",
  '```"><script>alert(1)</script>\nx\n```',
  '# <img src=x onerror=alert(1)> "onmouseover="alert(1)',
  '![" onerror="alert(1)](x.png "\\" onload=\\"alert(1)")',
  '> [!"><script>alert(1)</script>]\n> x',
  "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
  "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
  "<details open ontoggle=alert(1)>",
  "<a id=x href=# target=_blank style='position:fixed;inset:0' is=x>x</a>",
  "<img srcset='javascript:alert(1) 1x, data:text/html,x 2x'>",
  "[x]: javascript:alert(1)\n\n[x]",
  "\0<scr\0ipt>alert(1)</script>",
  "<<script>script>alert(1)<</script>/script>",
  "<a href='https://ok.example/\" onclick=\"alert(1)'>x</a>",
];

describe("hostile documents", () => {
  it.each(attacks)("[D10] leave nothing that runs: %s", (attack) => {
    for (const syntax of ["markdown", "html"] as const) {
      expect(dangersIn(render(attack, { syntax }).html)).toEqual([]);
      expect(dangersIn(render(`a ${attack} b`, { syntax }).html)).toEqual([]);
    }
  });

  const signs = "<>\"'=/ \n`&;:()[]!-".split("");
  const hostile = fc
    .array(fc.oneof(fc.constantFrom(...attacks), fc.constantFrom(...signs), fc.string({ maxLength: 5 })), {
      maxLength: 12,
    })
    .map((parts) => parts.join(""));
  const cut = fc.tuple(hostile, fc.nat(200)).map(([text, at]) => text.slice(at % (text.length + 1)));

  it("[D10] leave nothing that runs, however attacks are cut and joined", () => {
    fc.assert(
      fc.property(cut, fc.constantFrom("markdown" as const, "html" as const), (text, syntax) => {
        const { html } = render(text, { syntax });
        expect(dangersIn(html)).toEqual([]);
        expect(html).not.toContain("\0");
      }),
      { numRuns: 2000 },
    );
  });

  it("[D11] cannot end or imitate the page's frame", () => {
    fc.assert(
      fc.property(cut, fc.constantFrom("markdown" as const, "html" as const), (text, syntax) => {
        const spoof = `</article></main></div></body>${text}<p id="strata:content" class="x strata-header">`;
        const page = renderPageHtml(render(spoof, { syntax }), frame);
        const elements = elementsOf(page);
        expect(elements.filter(({ attributes }) => attributes["id"] === "strata:content")).toHaveLength(1);
        expect(
          elements.filter(({ attributes }) => /strata-header/.test(attributes["class"] ?? "")),
        ).toHaveLength(1);
        const footer = elements.find(({ attributes }) => attributes["class"] === "strata-footer");
        expect(footer?.parents).toEqual(["html", "body"]);
      }),
    );
  });

  it("[D11] have every element closed and no end tag too many", () => {
    const tag = fc.constantFrom(
      "<b>",
      "</b>",
      "<p>",
      "</p>",
      "<br>",
      '<a href="x">',
      "</a>",
      "<div>",
      "</div>",
      "t",
    );
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 400 }), (tags) => {
        const open: string[] = [];
        for (const [, end, name = ""] of balance(tags.join("")).matchAll(/<(\/?)([a-z]+)[^>]*>/g)) {
          if (name === "br") continue;
          if (end === "") open.push(name);
          else expect(open.pop()).toBe(name);
          expect(open.length).toBeLessThanOrEqual(200);
        }
        expect(open).toEqual([]);
      }),
    );
  });

  it("[D10] keep what is harmless", () => {
    const body = render(
      '<div align="center"><kbd>x</kbd><br><img src="https://a.example/b.png" width="5"></div>',
    );
    expect(elementsOf(body.html).map(({ name }) => name)).toEqual(["div", "kbd", "br", "img"]);
    const data = render("![x](data:image/png;base64,iVBORw0KGgo=)");
    expect(elementsOf(data.html)[1]?.attributes["src"]).toBe("data:image/png;base64,iVBORw0KGgo=");
    expect(render("[x](javascript:alert(1))").problems.map(({ code }) => code)).toEqual(["unsafe-address"]);
  });

  it("[D8] read srcset as the scan does", () => {
    const sign = fc.constantFrom("a", ",", " ", "2x", "(", ")", "\n", "/b.png");
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 12 }), (signs_) => {
        const value = signs_.join("");
        expect(parseSourceSet(value).map(({ url }) => url)).toEqual(addressesInSrcset(value));
      }),
    );
  });
});

describe("HTML documents", () => {
  it("[D13] show their cleaned body, every heading with the anchor of the scan", () => {
    const source =
      "<!doctype html><html><head><title>T</title><style>p{}</style></head><body><h1>A b</h1><p>x<h2 id=own>C</h2><script>1</script></body></html>";
    const body = render(source, { syntax: "html" });
    expect(body.html).toBe('<h1 id="a-b">A b</h1><p>x<h2 id="own">C</h2></p>');
    expect(body.headings.map(({ level, text, anchor }) => [level, text, anchor])).toEqual([
      [1, "A b", "a-b"],
      [2, "C", "own"],
    ]);
  });

  it("[D13] can be embedded section by section", () => {
    const part = { type: "fragment", anchor: "b" } as const;
    const body = render("<h1>A</h1>\n<h2>B</h2>\n<p id=i>x</p>\n<h2>C</h2>", { syntax: "html", part });
    expect(body.html).toBe("<h2>B</h2>\n<p>x</p>\n");
  });
});

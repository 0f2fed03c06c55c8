/** The style sheet of every page in the default layout. Class names of the frame begin with `strata-`. */
export const stylesheet = `/* Strata: the default layout. System fonts, no scripts, nothing loaded from elsewhere. */
:root {
  color-scheme: light dark;
  --paper: #ffffff;
  --panel: #f5f6f8;
  --line: #dfe3e8;
  --ink: #1c2128;
  --muted: #59636f;
  --accent: #0b5cad;
  --accent-soft: #e8f1fb;
  --mark: #fff1a8;
  --bad: #b42318;
  --note: #0b5cad;
  --tip: #0a6b4b;
  --warn: #8a4b00;
  --danger: #b42318;
  --quote: #59636f;
  --code-keyword: #a0256b;
  --code-string: #0a6b4b;
  --code-number: #8a4b00;
  --code-title: #5b3cc4;
  --code-type: #0b5cad;
  --code-comment: #5f6975;
  --code-add: #ddf4e4;
  --code-del: #fde4e2;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", "Roboto Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171c;
    --panel: #1d2128;
    --line: #333a45;
    --ink: #e3e7ec;
    --muted: #a0a9b6;
    --accent: #86b9f7;
    --accent-soft: #1c2c40;
    --mark: #5a4d10;
    --bad: #ff9a90;
    --note: #86b9f7;
    --tip: #79d0a8;
    --warn: #f0b269;
    --danger: #ff9a90;
    --quote: #a0a9b6;
    --code-keyword: #ff9ac4;
    --code-string: #8bd5a4;
    --code-number: #f0b269;
    --code-title: #c4adff;
    --code-type: #86b9f7;
    --code-comment: #98a2b0;
    --code-add: #143524;
    --code-del: #47201e;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
.strata-body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.65 var(--sans); overflow-wrap: break-word; }
a { color: var(--accent); text-decoration: underline; text-decoration-thickness: .06em; text-underline-offset: .18em; }
a:hover { text-decoration-thickness: .12em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }

/* Frame */
.strata-skip { position: absolute; left: 1rem; top: -4rem; z-index: 3; padding: .5rem 1rem; background: var(--accent); color: var(--paper); border-radius: 0 0 .5rem .5rem; }
.strata-skip:focus { top: 0; }
.strata-header { position: sticky; top: 0; z-index: 2; display: flex; align-items: center; gap: .75rem; min-height: 3.5rem; padding: .375rem clamp(1rem, 3vw, 2rem); background: var(--paper); border-bottom: 1px solid var(--line); }
.strata-site { padding: .5rem 0; color: var(--ink); font-weight: 650; letter-spacing: -.01em; text-decoration: none; }
.strata-site:hover { color: var(--accent); }
.strata-menu { min-height: 2.75rem; padding: 0 .9rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--panel); color: var(--ink); font: 500 .9375rem var(--sans); cursor: pointer; }
.strata-frame { display: grid; grid-template-columns: minmax(0, 1fr); max-width: 90rem; margin: 0 auto; }
.strata-main { width: 100%; max-width: 48rem; margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 2rem) 3rem; }
.strata-navigation { scroll-padding-block: 5rem; color: var(--ink); font-size: .9375rem; line-height: 1.4; }
.strata-navigation[popover] { position: fixed; inset: 3.5rem auto 0 0; width: min(20rem, 88vw); height: auto; max-height: none; margin: 0; padding: 1rem; overflow-y: auto; border: 0; border-right: 1px solid var(--line); background: var(--paper); }
.strata-navigation::backdrop { background: rgb(0 0 0 / .45); }
.strata-navigation ul { margin: 0; padding: 0; list-style: none; }
.strata-navigation ul ul { margin: .125rem 0 .375rem .75rem; padding-left: .5rem; border-left: 1px solid var(--line); }
.strata-navigation a { display: block; padding: .4rem .625rem; border-radius: .375rem; color: var(--muted); text-decoration: none; }
.strata-navigation a:hover { background: var(--panel); color: var(--ink); }
.strata-navigation li:has(> ul) > a { color: var(--ink); font-weight: 600; }
.strata-navigation a[aria-current] { scroll-initial-target: nearest; background: var(--accent-soft); color: var(--accent); font-weight: 600; }
.strata-crumbs { margin-bottom: 1rem; font-size: .875rem; color: var(--muted); }
.strata-crumbs ol { display: flex; flex-wrap: wrap; margin: 0; padding: 0; list-style: none; }
.strata-crumbs li + li::before { content: "/"; padding: 0 .5rem; color: var(--muted); }
.strata-crumbs a { color: var(--muted); }
.strata-contents { order: -1; width: 100%; max-width: 48rem; margin: 0 auto; padding: 1rem clamp(1rem, 4vw, 2rem) 0; font-size: .875rem; line-height: 1.4; }
.strata-contents summary { padding: .625rem .875rem; border: 1px solid var(--line); border-radius: .5rem; color: var(--muted); font-weight: 600; cursor: pointer; }
.strata-contents ul { margin: 0; padding: 0; list-style: none; }
.strata-contents details > ul { padding-top: .5rem; }
.strata-contents ul ul { padding-left: .875rem; }
.strata-contents a { display: block; padding: .3rem .875rem; color: var(--muted); text-decoration: none; }
.strata-contents a:hover { color: var(--accent); }
.strata-backlinks { margin-top: 3.5rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--panel); font-size: .9375rem; }
.strata-backlinks h2 { margin: 0 0 .5rem; color: var(--muted); font-size: .8125rem; font-weight: 650; letter-spacing: .06em; text-transform: uppercase; }
.strata-backlinks ul { margin: 0; padding: 0; list-style: none; }
.strata-backlinks li { padding: .2rem 0; }
.strata-listing { padding: 0; list-style: none; border-top: 1px solid var(--line); }
.strata-listing li { margin: 0; border-bottom: 1px solid var(--line); }
.strata-listing a { display: block; padding: .75rem .25rem; text-decoration: none; }
.strata-listing a:hover { background: var(--panel); }
.strata-footer { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem 2rem; max-width: 90rem; margin: 0 auto; padding: 1.5rem clamp(1rem, 3vw, 2rem) 2.5rem; border-top: 1px solid var(--line); font-size: .875rem; }
.strata-footer a { color: var(--muted); }
@media (min-width: 60rem) {
  .strata-frame { grid-template-columns: 17rem minmax(0, 1fr); }
  .strata-menu { display: none; }
  .strata-navigation[popover] { position: sticky; inset: auto; top: 3.5rem; z-index: 0; display: block; width: auto; height: calc(100vh - 3.5rem); padding: 1.25rem .75rem 2rem 1.25rem; }
  .strata-navigation[popover] { grid-column: 1; grid-row: 1 / span 2; }
  .strata-frame { grid-template-rows: auto 1fr; }
  .strata-main, .strata-contents { grid-column: 2; }
  .strata-main { padding-top: 2.25rem; }
}
@media (min-width: 82rem) {
  .strata-frame { grid-template-columns: 17rem minmax(0, 1fr) 16rem; }
  .strata-main { grid-row: 1 / span 2; }
  .strata-contents { position: sticky; top: 3.5rem; grid-column: 3; grid-row: 1 / span 2; align-self: start; max-height: calc(100vh - 3.5rem); margin: 0; padding: 2.5rem 1rem 2rem 0; overflow-y: auto; }
  .strata-contents summary { padding: 0 .875rem; border: 0; color: var(--ink); }
  @supports selector(::details-content) {
    .strata-contents ::details-content { content-visibility: visible; block-size: auto; }
    .strata-contents summary { list-style: none; pointer-events: none; }
  }
}

/* Text */
.strata-article > :first-child { margin-top: 0; }
h1, h2, h3, h4, h5, h6 { margin: 2em 0 .6em; font-weight: 680; line-height: 1.25; letter-spacing: -.012em; text-wrap: balance; }
h1 { margin-top: 0; font-size: clamp(1.75rem, 1.4rem + 1.6vw, 2.375rem); letter-spacing: -.022em; }
h2 { padding-top: .2em; font-size: 1.5rem; }
h1 + h2, h2 + h3, h3 + h4 { margin-top: 1rem; }
h3 { font-size: 1.2rem; }
h4, h5, h6 { font-size: 1.0625rem; }
h5, h6 { color: var(--muted); }
p, ul, ol, dl, pre, blockquote, figure, .table, .callout, .embed { margin: 0 0 1.15rem; }
ul, ol { padding-left: 1.6rem; }
li { margin: .25rem 0; }
li > ul, li > ol { margin: .25rem 0; }
li::marker { color: var(--muted); }
dt { font-weight: 650; }
dd { margin: 0 0 .75rem 1.25rem; }
hr { margin: 2.5rem 0; border: 0; border-top: 1px solid var(--line); }
img, video { max-width: 100%; height: auto; border-radius: .5rem; }
video { width: 100%; }
img { vertical-align: middle; }
figcaption, caption { padding: .4rem 0; color: var(--muted); font-size: .9rem; }
mark { padding: .05em .15em; border-radius: .2em; background: var(--mark); color: inherit; }
kbd { padding: .1em .4em; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: .3em; background: var(--panel); font: .85em var(--mono); }
blockquote { padding: .1rem 0 .1rem 1.15rem; border-left: 3px solid var(--line); color: var(--muted); }
blockquote > :last-child, .callout > :last-child, li > p:last-child, td > :last-child { margin-bottom: 0; }
.broken, [data-broken] { color: var(--bad); text-decoration: underline wavy .06em; text-underline-offset: .2em; cursor: help; }
[align="center"] { text-align: center; }
[align="right"] { text-align: right; }
.table { overflow-x: auto; }
table { min-width: 50%; border-collapse: collapse; font-size: .9375rem; line-height: 1.5; font-variant-numeric: tabular-nums; }
th, td { padding: .5rem .75rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { border-bottom-width: 2px; font-weight: 650; }
code, pre, samp { font-family: var(--mono); font-size: .875em; }
code { padding: .15em .35em; border-radius: .3em; background: var(--panel); }
pre { padding: .9rem 1.1rem; overflow-x: auto; border: 1px solid var(--line); border-radius: .625rem; background: var(--panel); line-height: 1.55; tab-size: 4; }
pre code { padding: 0; background: none; font-size: 1em; }
.task { list-style: none; }
.task input { width: 1em; height: 1em; margin: 0 .4em 0 -1.4em; accent-color: var(--accent); vertical-align: -.1em; }
.task:has(> input[data-task="dropped"]) { color: var(--muted); text-decoration: line-through; }
.footnote-ref { font-size: .75em; line-height: 0; }
.footnote-ref a { padding: 0 .15em; text-decoration: none; }
.footnotes { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .9rem; }
.embed { padding: 1rem 1.25rem; border: 1px solid var(--line); border-left: 3px solid var(--accent); border-radius: .5rem; }
.embed > :last-child { margin-bottom: 0; }
.embed > h1, .embed > h2 { margin-top: .5rem; font-size: 1.2rem; }
.embed-source { display: block; margin-bottom: .5rem; color: var(--muted); font-size: .8125rem; text-decoration: none; }

/* Callouts */
.callout { --tone: var(--note); padding: .85rem 1.1rem; border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: .5rem; background: var(--panel); }
.callout-title { margin: 0 0 .4rem; color: var(--tone); font-weight: 650; }
.callout-title:last-child, details.callout:not([open]) > .callout-title { margin: 0; }
summary.callout-title { cursor: pointer; }
.callout:is([data-callout="tip"], [data-callout="success"], [data-callout="example"]) { --tone: var(--tip); }
.callout:is([data-callout="warning"], [data-callout="question"], [data-callout="important"], [data-callout="todo"]) { --tone: var(--warn); }
.callout:is([data-callout="danger"], [data-callout="failure"], [data-callout="bug"], [data-callout="caution"]) { --tone: var(--danger); }
.callout[data-callout="quote"] { --tone: var(--quote); }

/* Code */
.hljs-comment, .hljs-quote, .hljs-meta { color: var(--code-comment); }
.hljs-comment { font-style: italic; }
.hljs-keyword, .hljs-selector-tag, .hljs-literal, .hljs-name, .hljs-operator { color: var(--code-keyword); }
.hljs-string, .hljs-regexp, .hljs-template-tag, .hljs-link { color: var(--code-string); }
.hljs-number, .hljs-symbol, .hljs-bullet, .hljs-variable, .hljs-template-variable { color: var(--code-number); }
.hljs-title, .hljs-section, .hljs-selector-id, .hljs-selector-class { color: var(--code-title); }
.hljs-type, .hljs-built_in, .hljs-attr, .hljs-attribute, .hljs-params .hljs-type { color: var(--code-type); }
.hljs-addition { background: var(--code-add); }
.hljs-deletion { background: var(--code-del); }
.hljs-emphasis { font-style: italic; }
.hljs-strong, .hljs-section { font-weight: 650; }

@media (prefers-reduced-motion: no-preference) {
  html { scroll-behavior: smooth; }
}
@media print {
  .strata-body { font-size: 11pt; }
  .strata-header, .strata-navigation[popover], .strata-contents, .strata-footer, .strata-skip, .footnote-back { display: none; }
  .strata-frame { display: block; max-width: none; }
  .strata-main { max-width: none; padding: 0; }
  pre, .callout, .embed, table, img { break-inside: avoid; }
  pre { white-space: pre-wrap; }
  h1, h2, h3, h4 { break-after: avoid; }
}
`;

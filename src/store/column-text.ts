/**
 * Postgres text holds neither NUL nor half a surrogate pair, and a hostile folder can put both into an id (`#%00`).
 * They are written behind U+FFFF, which is itself written twice, so that what is read is what was written.
 */
const mark = "\uffff";
const unstorable = /[\0\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const written = /\uffff(\uffff|[0-9a-f]{4})/g;

/** A name as a text column holds it. */
export function toColumn(name: string): string {
  return name.replace(unstorable, (unit) =>
    unit === mark ? mark + mark : mark + unit.charCodeAt(0).toString(16).padStart(4, "0"),
  );
}

/** A name as it was before `toColumn`. */
export function fromColumn(text: string): string {
  if (!text.includes(mark)) return text;
  return text.replace(written, (_, code: string) =>
    code === mark ? mark : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** A text inside an SQL statement that can take no parameters. */
export function quoted(name: string): string {
  return `'${toColumn(name).replaceAll("'", "''")}'`;
}

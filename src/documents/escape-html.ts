const special = /[&<>"]/;

/** Text as it may stand between tags and in double-quoted attributes. */
export function escapeHtml(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** One attribute with its leading space, or "" when there is no value to give. */
export function attribute(name: string, value: string | number | undefined): string {
  return value === undefined || value === "" ? "" : ` ${name}="${escapeHtml(String(value))}"`;
}

/** Text of a file. `invalidLine` is the 1-based line of the first bytes that are no UTF-8, or `null`. */
export type DecodedText = { readonly text: string; readonly invalidLine: number | null };

/** Decodes UTF-8, without its byte order mark; bytes that are no UTF-8 become U+FFFD. */
export function decodeText(bytes: Uint8Array): DecodedText {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), invalidLine: null };
  } catch {
    return { text: new TextDecoder().decode(bytes), invalidLine: firstInvalidLine(bytes) };
  }
}

/** Halves the file until the longest start that is valid is found: logarithmic in its length, for the rare bad file. */
function firstInvalidLine(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isValidStart(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  return bytes.subarray(0, valid).reduce((line, byte) => (byte === 0x0a ? line + 1 : line), 1);
}

/** Whether the bytes are UTF-8 that may be cut off inside its last character. */
function isValidStart(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * What the app's own page may do: run its own files and WebAssembly, show pictures that it made itself, and speak with
 * nobody but its own origin; a task worker alone may ask other servers. Styles may be inline, since React Flow and the
 * virtual table place their parts so. The build writes it into the page, and the server sends it for the page and its
 * workers.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self' data:",
  "connect-src 'self' blob: data:",
  "frame-src 'self' blob:",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * What a task worker may do: the same, and ask any server, for it fetches what documents name by their address. It has
 * neither a page nor the database, and sends nothing of either.
 */
export const taskWorkerPolicy = contentSecurityPolicy.replace("connect-src ", "connect-src https: http: ");

/**
 * The dump of an empty database that was built with the app, or `undefined` where there is none, such as on a
 * development server: a database is then made from nothing. 2.6 MB over the network, 26 MB unpacked.
 */
export async function fetchTemplate(address: string): Promise<Blob | undefined> {
  try {
    const { ok, body } = await fetch(address);
    if (!ok || body === null) return undefined;
    return await new Response(body.pipeThrough(new DecompressionStream("gzip"))).blob();
  } catch {
    return undefined;
  }
}

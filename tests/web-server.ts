import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a path of the server does. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on this machine whose paths do as a test says. */
export type TestServer = {
  /** `http://localhost:…`, without `/` at the end. */
  readonly origin: string;
  /** Every request so far, as `METHOD path`, in order. */
  readonly requests: string[];
  /** Headers of the requests, in the same order. */
  readonly headers: IncomingMessage["headers"][];
  /** How many requests were open at the same time at the most. */
  readonly greatest: () => number;
  readonly on: (path: string, answer: Answer) => void;
  readonly close: () => Promise<void>;
};

export async function startTestServer(): Promise<TestServer> {
  const answers = new Map<string, Answer>();
  const requests: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  let [open, greatest] = [0, 0];
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ""} ${request.url ?? ""}`);
    headers.push(request.headers);
    greatest = Math.max(greatest, ++open);
    response.on("close", () => open--);
    const answer = answers.get((request.url ?? "").split("?")[0] ?? "");
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    requests,
    headers,
    greatest: () => greatest,
    on: (path, answer) => void answers.set(path, answer),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with these bytes. */
export function gives(
  body: string | Uint8Array,
  type = "image/svg+xml",
  more: Record<string, string> = {},
): Answer {
  return (_, response) => void response.writeHead(200, { "Content-Type": type, ...more }).end(body);
}

/** Answers with these bytes, or 304 to whoever has them by their tag. */
export function givesTagged(body: string, tag: string, type = "image/svg+xml"): Answer {
  return ({ headers }, response) => {
    const has = headers["if-none-match"] === tag;
    response.writeHead(has ? 304 : 200, { "Content-Type": type, ETag: tag }).end(has ? "" : body);
  };
}

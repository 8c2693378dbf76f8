import createClient, { type Middleware } from "openapi-fetch";
import { token } from "../session/session.ts";
import { ApiError, offline, problemOf, retryAfterOf } from "./problem.ts";
import type { paths } from "./schema";
import type { CommandStatus } from "./types.ts";

const isPrivate = (path: string) => /^\/(users|orders|commands)\//.test(path) || /^\/products\/[^/]+\/(history|reviews\/pending)$/.test(path);

/** Public reads go without a token, so that nothing about the reader reaches a cache. */
const authorization: Middleware = {
  onRequest({ request }) {
    const bearer = request.method !== "GET" || isPrivate(new URL(request.url).pathname) ? token() : undefined;
    if (bearer) request.headers.set("Authorization", `Bearer ${bearer}`);
    return request;
  },
};

/** The API, typed by its OpenAPI document. */
export const api = createClient<paths>({ baseUrl: location.origin });
api.use(authorization);

/** A body, with what the answer's headers say about it. */
export type Read<Body> = {
  body: Body;
  /** The event log, where the usual store was away or behind. */
  answeredFrom: string | null;
  mayLack: string | null;
};

type Answer<Body> = { data?: Body; error?: unknown; response: Response };

/** The body of a read. @throws {ApiError} for every other answer, and without a connection. */
export async function read<Body>(request: Promise<Answer<Body>>): Promise<Read<Body>> {
  const answer = await request.catch((): never => {
    throw new ApiError(offline);
  });
  const { data, error, response } = answer;
  if (data === undefined) throw new ApiError(problemOf(response.status, error), retryAfterOf(response));
  return { body: data, answeredFrom: response.headers.get("X-Answered-From"), mayLack: response.headers.get("X-May-Lack") };
}

/** Where an accepted command stands. Its URL comes whole from the command's answer. */
export const commandStatus = (statusUrl: string) =>
  api.GET(statusUrl as "/commands/{stream}/{id}", { params: { path: {} as never } }) as Promise<Answer<CommandStatus>>;

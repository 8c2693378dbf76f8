import type { components } from "./schema";

/** A problem document (RFC 9457). `code` is stable, `detail` is for a person. */
export type Problem = Pick<components["schemas"]["ProblemDetails"], "status" | "detail" | "code"> & {
  errors?: { field: string; message: string }[];
};

/** An answer other than the one that was asked for. */
export class ApiError extends Error {
  readonly problem: Problem;
  /** How long the server asks us to wait, in seconds. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  get isTemporary() {
    return isTemporary(this.problem.status);
  }
}

/** 0 stands for no connection. A retry may succeed for all of these. */
export const isTemporary = (status: number) => status === 0 || status === 429 || status >= 500;

export const offline: Problem = { status: 0, code: "offline", detail: "The shop cannot be reached. Check your connection." };

/** The problem in an answer. API Gateway's own 401 and 429 have a fixed body that is none. */
export function problemOf(status: number, body: unknown): Problem {
  if (isProblem(body)) return body;
  if (status === 401) return { status, code: "signed_out", detail: "Your session has ended. Sign in again." };
  if (status === 429) return { status, code: "too_many_requests", detail: "Too many people ask at once. Try again in a second." };
  return { status, code: "unavailable", detail: "The shop does not answer right now. Try again." };
}

/** What a person reads: the text of the problem, and of each field where it has some. */
export const textOf = ({ detail, errors }: Problem) => (errors?.length ? errors.map(error => error.message).join(" ") : detail);

export function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}

const isProblem = (body: unknown): body is Problem => typeof body === "object" && body !== null && "code" in body && "detail" in body;

import { isTemporary, type Problem, problemOf, retryAfterOf } from "../api/problem.ts";
import type { CommandAnswer, CommandStatus } from "../api/types.ts";

export type CommandHeaders = { "Idempotency-Key": string; Prefer: string; "If-Match"?: string };

type Answer<Body> = { data?: Body; error?: unknown; response: Response };

/** Sends the command once, with these headers. */
export type Attempt = (headers: CommandHeaders) => Promise<Answer<CommandAnswer>>;

export type Decision = { accepted: true; version: number; unchanged: boolean } | { accepted: false; problem: Problem };

export type Ports = {
  key: string;
  /** The version the sender saw, as an ETag; for changes that must not overwrite another. */
  ifMatch?: string;
  statusOf: (statusUrl: string) => Promise<Answer<CommandStatus>>;
  /** Waits so many seconds, or until the connection is back. */
  pause: (seconds: number, reason: "network" | "busy" | "pending") => Promise<void>;
};

/**
 * Sends a command until the shop has decided it. Every retry has the same Idempotency-Key, so the command acts at most
 * once: without a connection, after a 429 or 5xx, and while its outcome is pending.
 */
export async function decide(attempt: Attempt, ports: Ports): Promise<Decision> {
  const headers = { "Idempotency-Key": ports.key, Prefer: "wait=5", ...(ports.ifMatch && { "If-Match": ports.ifMatch }) };
  const { data, error, response } = await persist(() => attempt(headers), ports);
  if (!data) return { accepted: false, problem: problemOf(response.status, error) };
  return data.status === "pending" ? follow(data.statusUrl, ports) : accept(data);
}

/** Reads the command's status until it is decided. */
async function follow(statusUrl: string, ports: Ports): Promise<Decision> {
  for (let seconds = 0.5; ; seconds = Math.min(seconds * 2, 5)) {
    await ports.pause(seconds, "pending");
    const { data, error, response } = await persist(() => ports.statusOf(statusUrl), ports);
    if (!data) return { accepted: false, problem: problemOf(response.status, error) };
    if (data.status === "refused")
      return { accepted: false, problem: { status: 422, code: data.code ?? "refused", detail: data.reason ?? "The change was refused." } };
    if (data.status !== "pending") return accept(data);
  }
}

/** The first answer that a retry would not change. */
async function persist<Body>(ask: () => Promise<Answer<Body>>, { pause }: Ports): Promise<Answer<Body>> {
  for (let seconds = 1; ; seconds = Math.min(seconds * 2, 15)) {
    const answer = await ask().catch(() => undefined);
    if (answer && !isTemporary(answer.response.status)) return answer;
    const asked = answer ? retryAfterOf(answer.response) : undefined;
    await pause(Math.max(asked ?? 0, seconds), answer ? "busy" : "network");
  }
}

const accept = ({ version, status }: { version?: number; status: string }): Decision => ({
  accepted: true,
  version: version ?? 0,
  unchanged: status === "unchanged",
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Attempt, type CommandHeaders, decide } from "./decide.ts";

type Reply = { status: number; body?: unknown; headers?: Record<string, string> } | "no connection";

/** Plays the API: one reply a request, in order. */
function shop(...replies: Reply[]) {
  const sent: CommandHeaders[] = [];
  const pauses: string[] = [];
  const next = async () => {
    const reply = replies.shift();
    if (!reply || reply === "no connection") throw new TypeError("fetch failed");
    const isOk = reply.status < 400;
    return { data: isOk ? (reply.body as never) : undefined, error: isOk ? undefined : reply.body, response: new Response(null, { status: reply.status, headers: reply.headers }) };
  };
  const attempt: Attempt = headers => {
    sent.push(headers);
    return next();
  };
  const ports = { key: "k1", statusOf: next, pause: async (seconds: number, reason: string) => void pauses.push(`${reason} ${seconds}`) };
  return { attempt, ports, sent, pauses };
}

const applied = { status: 200, body: { status: "applied", version: 8 } };
const refusal = { status: 422, body: { status: 422, code: "price_cut_too_deep", detail: "One change may not cut the price by more than half." } };

test("An applied command is accepted with its version", async () => {
  const { attempt, ports } = shop(applied);
  assert.deepEqual(await decide(attempt, ports), { accepted: true, version: 8, unchanged: false });
});

test("A command that changes nothing is accepted as unchanged", async () => {
  const { attempt, ports } = shop({ status: 200, body: { status: "unchanged", version: 7 } });
  assert.deepEqual(await decide(attempt, ports), { accepted: true, version: 7, unchanged: true });
});

test("A refusal carries the problem and is not retried", async () => {
  const { attempt, ports, sent } = shop(refusal, applied);
  assert.deepEqual(await decide(attempt, ports), { accepted: false, problem: refusal.body });
  assert.equal(sent.length, 1);
});

test("Every retry has the same Idempotency-Key", async () => {
  const { attempt, ports, sent, pauses } = shop("no connection", { status: 503, headers: { "Retry-After": "4" } }, { status: 429 }, applied);
  assert.equal((await decide(attempt, ports)).accepted, true);
  assert.deepEqual(sent.map(headers => headers["Idempotency-Key"]), ["k1", "k1", "k1", "k1"]);
  assert.deepEqual(pauses, ["network 1", "busy 4", "busy 4"]);
});

test("A pending command is followed until it is decided", async () => {
  const pending = { status: 202, body: { status: "pending", statusUrl: "/commands/product-1/2" } };
  const { attempt, ports, sent } = shop(pending, { status: 200, body: { status: "pending" } }, { status: 200, body: { status: "applied", version: 9 } });
  assert.deepEqual(await decide(attempt, ports), { accepted: true, version: 9, unchanged: false });
  assert.equal(sent.length, 1);
});

test("A pending command that is refused later is refused with its reason", async () => {
  const pending = { status: 202, body: { status: "pending", statusUrl: "/commands/product-1/2" } };
  const { attempt, ports } = shop(pending, { status: 200, body: { status: "refused", code: "sold_out", reason: "None is left." } });
  assert.deepEqual(await decide(attempt, ports), { accepted: false, problem: { status: 422, code: "sold_out", detail: "None is left." } });
});

test("If-Match goes with the command where the sender names a version", async () => {
  const { attempt, ports, sent } = shop(applied);
  await decide(attempt, { ...ports, ifMatch: '"7"' });
  assert.equal(sent[0]!["If-Match"], '"7"');
});

test("An answer of the gateway itself has a text for people", async () => {
  const { attempt, ports } = shop({ status: 401, body: { message: "Unauthorized" } });
  const decision = await decide(attempt, ports);
  assert.ok(!decision.accepted && decision.problem.detail === "Your session has ended. Sign in again.");
});

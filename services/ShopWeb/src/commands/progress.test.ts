import assert from "node:assert/strict";
import { test } from "node:test";
import { idle, isBusy, sentence } from "./progress.ts";

test("Each state has its sentence", () => {
  assert.equal(sentence(idle), "");
  assert.equal(sentence({ state: "optimistic" }), "Shown to you. Sending…");
  assert.equal(sentence({ state: "updating", version: 8 }), "Updating… Accepted as version 8.");
  assert.equal(sentence({ state: "everywhere", version: 8, unchanged: false }), "Updated everywhere. Version 8.");
  assert.equal(sentence({ state: "refused", problem: { status: 422, code: "x", detail: "Word for word." } }), "Word for word.");
  assert.equal(sentence({ state: "offline", seconds: 3, reason: "network" }), "You are offline. Trying again in 3 s.");
  assert.equal(sentence({ state: "offline", seconds: 3, reason: "busy" }), "The shop is busy. Trying again in 3 s.");
});

test("A refusal about fields tells each field's text", () => {
  const problem = { status: 400, code: "invalid", detail: "The body is invalid.", errors: [{ field: "amount", message: "A price is above zero." }] };
  assert.equal(sentence({ state: "refused", problem }), "A price is above zero.");
});

test("A change is busy until it is accepted everywhere or refused", () => {
  assert.deepEqual([idle, { state: "optimistic" }, { state: "updating", version: 1 }, { state: "offline", seconds: 1, reason: "busy" }].map(one => isBusy(one as never)), [false, true, true, true]);
});

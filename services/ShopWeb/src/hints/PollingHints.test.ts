import assert from "node:assert/strict";
import { test } from "node:test";
import { PollingHints } from "./PollingHints.ts";

/** A page and its clock, in hand. */
function player() {
  let planned: { run: () => void; ms: number } | undefined;
  let changed = () => {};
  const state = { isVisible: true, isOnline: true };
  const hints = new PollingHints(
    { isVisible: () => state.isVisible, isOnline: () => state.isOnline, onChange: listener => (changed = listener) },
    { set: (run, ms) => (planned = { run, ms }), clear: () => (planned = undefined) },
  );
  return {
    hints,
    state,
    delay: () => planned?.ms,
    change: () => changed(),
    async tick() {
      planned!.run();
      await new Promise(setImmediate);
    },
  };
}

test("Every watched stream is heard, more and more seldom while nothing is new", async () => {
  const { hints, delay, tick } = player();
  const heard: string[] = [];
  hints.watch(["product-1", "product-2"], async ({ stream }) => heard.push(stream) < 0);
  assert.equal(delay(), 1000);
  await tick();
  assert.deepEqual(heard, ["product-1", "product-2"]);
  assert.equal(delay(), 1500);
  for (let i = 0; i < 9; i++) await tick();
  assert.equal(delay(), 6000);
});

test("Something new brings the next look after a second", async () => {
  const { hints, delay, tick } = player();
  let isNew = false;
  hints.watch(["product-1"], async () => isNew);
  await tick();
  isNew = true;
  await tick();
  assert.equal(delay(), 1000);
});

test("A hidden page asks nothing until it is seen again", async () => {
  const { hints, state, delay, change } = player();
  hints.watch(["product-1"], async () => false);
  state.isVisible = false;
  change();
  assert.equal(delay(), undefined);
  state.isVisible = true;
  change();
  assert.equal(delay(), 1000);
});

test("The connection is told: offline, reconnecting, live", async () => {
  const { hints, state, change, tick } = player();
  let fails = true;
  hints.watch(["product-1"], async () => {
    if (fails) throw new Error("503");
    return false;
  });
  state.isOnline = false;
  change();
  assert.equal(hints.connection(), "offline");
  state.isOnline = true;
  change();
  await tick();
  assert.equal(hints.connection(), "reconnecting");
  fails = false;
  await tick();
  assert.equal(hints.connection(), "live");
});

test("Nobody hears after they stop watching", async () => {
  const { hints, tick } = player();
  let heard = 0;
  hints.watch(["product-1"], async () => heard++ < 0)();
  hints.watch(["product-2"], async () => false);
  await tick();
  assert.equal(heard, 0);
});

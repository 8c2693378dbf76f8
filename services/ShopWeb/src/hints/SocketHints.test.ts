import assert from "node:assert/strict";
import { test } from "node:test";
import type { Hint } from "./HintSource.ts";
import { SocketHints } from "./SocketHints.ts";
import type { Socket } from "./SocketLine.ts";

const settled = () => new Promise(setImmediate);

class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: string[] = [];
  isClosed = false;

  send(text: string) {
    this.sent.push(text);
  }

  close() {
    this.isClosed = true;
  }

  /** The shop sends this. */
  async says(message: object) {
    this.onmessage!({ data: JSON.stringify(message) });
    await settled();
  }

  get asked(): { watch: string[]; token?: string } {
    return JSON.parse(this.sent.at(-1)!);
  }
}

/** A page with its clock and its sockets, in hand. */
function player(random = () => 1) {
  const timers = new Set<{ run: () => void; ms: number }>();
  const sockets: FakeSocket[] = [];
  const state = { isVisible: true, isOnline: true, token: undefined as string | undefined };
  const changes: (() => void)[] = [];
  const hints = new SocketHints(
    () => (sockets.push(new FakeSocket()), sockets.at(-1) as unknown as Socket),
    { isVisible: () => state.isVisible, isOnline: () => state.isOnline, onChange: listener => void changes.push(listener) },
    {
      set: (run, ms) => {
        const timer = { run, ms };
        timers.add(timer);
        return timer;
      },
      clear: timer => void timers.delete(timer),
    },
    { token: () => state.token, isPrivate: stream => stream.startsWith("order-") },
    random,
  );
  return {
    hints,
    state,
    sockets,
    pauses: () => [...timers].map(({ ms }) => ms).sort((a, b) => a - b),
    async change() {
      changes.forEach(run => run());
      await settled();
    },
    /** The timers with this pause run. */
    async after(ms: number) {
      const due = [...timers].filter(timer => timer.ms === ms);
      assert.ok(due.length > 0, `No timer of ${ms} ms, only ${[...timers].map(timer => timer.ms)}.`);
      for (const timer of due) {
        timers.delete(timer);
        timer.run();
      }
      await settled();
    },
    /** A socket that watches these streams, each at version 1. */
    async connected(...streams: string[]) {
      await settled();
      const socket = sockets.at(-1)!;
      socket.onopen!();
      await socket.says({ watching: streams.map(stream => ({ stream, version: 1 })) });
      return socket;
    },
  };
}

/** A page that shows a version of each stream, and reads again when it hears of a newer one. */
function reader(shown = 1) {
  const heard: Hint[] = [];
  return {
    heard,
    shown: () => shown,
    hear: async (hint: Hint) => {
      if (hint.version && shown >= hint.version) return true;
      heard.push(hint);
      shown = hint.version ?? shown;
      return Boolean(hint.version);
    },
  };
}

test("A hint makes the page read that version", async () => {
  const { hints, connected } = player();
  const page = reader();
  hints.watch(["product-1"], page.hear);
  const socket = await connected("product-1");
  assert.deepEqual(socket.asked, { watch: ["product-1"] });
  assert.deepEqual(page.heard, []);
  await socket.says({ stream: "product-1", version: 2 });
  assert.deepEqual(page.heard, [{ stream: "product-1", version: 2 }]);
  assert.equal(hints.connection(), "live");
});

test("Watched streams are polled slowly, the others as before", async () => {
  const { hints, pauses, connected } = player();
  hints.watch(["product-1"], reader().hear);
  assert.deepEqual(pauses(), [1000]);
  await connected("product-1");
  assert.ok(pauses().includes(30_000));
  hints.watch(["order-1"], reader().hear);
  await settled();
  assert.ok(pauses().includes(1000));
});

test("A socket that closes comes back after a growing, random pause, and the page catches up", async () => {
  const { hints, sockets, after, connected } = player(() => 0.5);
  const page = reader();
  hints.watch(["product-1"], page.hear);
  const first = await connected("product-1");
  first.onclose!();
  await after(750);
  sockets[1]!.onclose!();
  await after(1500);
  sockets[2]!.onclose!();
  await after(3000);
  sockets[3]!.onopen!();
  assert.deepEqual(sockets[3]!.asked, { watch: ["product-1"] });
  await sockets[3]!.says({ watching: [{ stream: "product-1", version: 5 }] });
  assert.equal(page.shown(), 5);
  // An answer ends the growth.
  sockets[3]!.onclose!();
  await after(750);
});

test("Two pages that lose their sockets together do not come back together", async () => {
  const pauses = await Promise.all(
    [0.1, 0.9].map(async random => {
      const { hints, pauses, connected } = player(() => random);
      hints.watch(["product-1"], reader().hear);
      (await connected("product-1")).onclose!();
      return pauses();
    }),
  );
  assert.notDeepEqual(pauses[0], pauses[1]);
});

test("Without a socket the page polls as before", async () => {
  const { hints, pauses, connected } = player();
  hints.watch(["product-1"], reader().hear);
  const socket = await connected("product-1");
  socket.onclose!();
  assert.ok(pauses().includes(1000));
  assert.equal(hints.connection(), "live");
});

test("A socket that does not answer is replaced", async () => {
  const { hints, sockets, after } = player(() => 0);
  hints.watch(["product-1"], reader().hear);
  await settled();
  sockets[0]!.onopen!();
  await after(10_000);
  assert.ok(sockets[0]!.isClosed);
  await after(500);
  assert.equal(sockets.length, 2);
});

test("The token is in the message only, and only for private streams", async () => {
  const { hints, state, sockets, connected } = player();
  state.token = "secret";
  const stop = hints.watch(["product-1"], reader().hear);
  const socket = await connected("product-1");
  assert.deepEqual(socket.asked, { watch: ["product-1"] });
  stop();
  hints.watch(["order-1"], reader().hear);
  await settled();
  assert.deepEqual(socket.asked, { watch: ["order-1"], token: "secret" });
  assert.equal(sockets.length, 1);
});

test("Without a token private streams are polled, and watched after the sign-in", async () => {
  const { hints, state, connected } = player();
  hints.watch(["product-1", "order-1"], reader().hear);
  const socket = await connected("product-1");
  assert.deepEqual(socket.asked, { watch: ["product-1"] });
  state.token = "secret";
  hints.renew();
  assert.deepEqual(socket.asked, { watch: ["product-1", "order-1"], token: "secret" });
});

test("A refused private stream does not keep the others from being watched", async () => {
  const { hints, state, pauses, connected, after } = player();
  state.token = "secret";
  hints.watch(["product-1", "order-1"], reader().hear);
  const socket = await connected();
  hints.watch(["product-2"], reader().hear);
  await settled();
  await socket.says({ code: "not_yours", detail: "order-1 is not yours. You can watch only your own." });
  assert.deepEqual(socket.asked, { watch: ["product-1", "product-2"] });
  await socket.says({ watching: [{ stream: "product-1", version: 1 }, { stream: "product-2", version: 1 }] });
  assert.ok(pauses().includes(1000) && pauses().includes(30_000));
  await after(300_000);
  assert.deepEqual(socket.asked.watch, ["product-1", "order-1", "product-2"]);
});

test("After any other refusal the page polls and asks again later", async () => {
  const { hints, pauses, connected, after } = player();
  hints.watch(["product-1"], reader().hear);
  const socket = await connected("product-1");
  hints.watch(["product-2"], reader().hear);
  await settled();
  await socket.says({ code: "too_many_messages", detail: "A socket takes 30 messages a minute. Wait before the next." });
  assert.ok(pauses().includes(1000));
  const before = socket.sent.length;
  await after(20_000);
  assert.equal(socket.sent.length, before + 1);
});

test("The same message keeps an idle socket open and heals a lost hint", async () => {
  const { hints, connected, after } = player();
  const page = reader();
  hints.watch(["product-1"], page.hear);
  const socket = await connected("product-1");
  await after(300_000);
  assert.equal(socket.sent.length, 2);
  await socket.says({ watching: [{ stream: "product-1", version: 2 }] });
  assert.equal(page.shown(), 2);
});

test("A list that is still behind is read again until it shows the version", async () => {
  const { hints, connected, after } = player();
  let reads = 0;
  hints.watch(["product-1"], async ({ version }) => version === 1 || ++reads > 2);
  const socket = await connected("product-1");
  await socket.says({ stream: "product-1", version: 2 });
  assert.equal(reads, 1);
  await after(300);
  await after(1000);
  assert.equal(reads, 3);
});

test("A hidden page reads when it is seen again", async () => {
  const { hints, state, connected, change } = player();
  const page = reader();
  hints.watch(["product-1"], page.hear);
  const socket = await connected("product-1");
  state.isVisible = false;
  await change();
  await socket.says({ stream: "product-1", version: 2 });
  await socket.says({ stream: "product-1", version: 3 });
  assert.deepEqual(page.heard, []);
  state.isVisible = true;
  await change();
  assert.deepEqual(page.heard, [{ stream: "product-1", version: 3 }]);
});

test("An offline page drops its socket and connects at once when it is online", async () => {
  const { hints, state, sockets, connected, change } = player();
  hints.watch(["product-1"], reader().hear);
  const socket = await connected("product-1");
  state.isOnline = false;
  await change();
  assert.ok(socket.isClosed);
  assert.equal(hints.connection(), "offline");
  state.isOnline = true;
  await change();
  assert.equal(sockets.length, 2);
});

test("A page that watches nothing opens no socket", async () => {
  const { hints, sockets } = player();
  hints.watch(["product-1"], reader().hear)();
  await settled();
  assert.equal(sockets.length, 0);
});

test("Whoever stops watching hears nothing more", async () => {
  const { hints, connected } = player();
  const page = reader();
  const stop = hints.watch(["product-1"], page.hear);
  hints.watch(["product-2"], reader().hear);
  const socket = await connected("product-1", "product-2");
  stop();
  await socket.says({ stream: "product-1", version: 2 });
  assert.deepEqual(page.heard, []);
  assert.deepEqual(socket.asked, { watch: ["product-2"] });
});

test("A page watches at most 100 streams", async () => {
  const { hints, connected } = player();
  hints.watch(Array.from({ length: 101 }, (_, i) => `product-${i}`), reader().hear);
  assert.equal((await connected()).asked.watch.length, 100);
});

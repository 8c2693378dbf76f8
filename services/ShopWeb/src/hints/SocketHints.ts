import { Delivery } from "./Delivery.ts";
import type { Clock, Connection, Hear, HintSource, Page } from "./HintSource.ts";
import { PollingHints } from "./PollingHints.ts";
import { type Caller, type Socket, SocketLine } from "./SocketLine.ts";

/** The pause between two reads of a stream that the socket hints: a lost hint costs no more. */
const slow = { shortest: 30_000, longest: 30_000 };

type Watch = { streams: readonly string[]; hear: Hear; delivery: Delivery; hinted: string; stopPolling: () => void };

/**
 * Hints from one socket. Streams that the socket does not hint are polled as before; the others are polled slowly. When the
 * socket connects again, its first answer names each stream's version, so the page catches up.
 */
export class SocketHints implements HintSource {
  readonly #watches = new Set<Watch>();
  readonly #listeners = new Set<() => void>();
  readonly #page: Page;
  readonly #clock: Clock;
  readonly #fast: PollingHints;
  readonly #slow: PollingHints;
  readonly #line: SocketLine;
  #hinted: ReadonlySet<string> = new Set();
  #isHinting = false;
  #isPlanned = false;

  constructor(open: () => Socket, page: Page, clock: Clock, caller: Caller, random = Math.random) {
    this.#page = page;
    this.#clock = clock;
    this.#fast = new PollingHints(page, clock);
    this.#slow = new PollingHints(page, clock, slow);
    this.#fast.onConnection(() => this.#tell());
    this.#line = new SocketLine(open, page, clock, caller, {
      watching: streams => {
        this.#hinting(true, streams.map(({ stream }) => stream));
        streams.forEach(hint => this.#deliver(hint));
      },
      hint: hint => this.#deliver(hint),
      lost: () => this.#hinting(false, []),
    }, random);
    page.onChange(() => {
      this.#line.resume();
      for (const { delivery } of this.#watches) delivery.resume();
      this.#tell();
    });
  }

  watch(streams: readonly string[], hear: Hear): () => void {
    const watch: Watch = { streams, hear, delivery: new Delivery(hear, this.#page, this.#clock), hinted: "", stopPolling: this.#fast.watch(streams, hear) };
    this.#watches.add(watch);
    this.#change();
    return () => {
      this.#watches.delete(watch);
      watch.stopPolling();
      watch.delivery.stop();
      this.#change();
    };
  }

  connection = (): Connection => (!this.#page.isOnline() ? "offline" : this.#isHinting ? "live" : this.#fast.connection());

  onConnection = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Another user has signed in, or nobody. */
  renew() {
    this.#line.renew();
  }

  #deliver(hint: { stream: string; version: number }) {
    for (const { streams, delivery } of this.#watches) if (streams.includes(hint.stream)) delivery.add(hint);
  }

  /** One page change stops and starts several watches: the socket hears of it once. */
  #change() {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    queueMicrotask(() => {
      this.#isPlanned = false;
      this.#share();
      this.#line.watch([...new Set([...this.#watches].flatMap(({ streams }) => streams))]);
    });
  }

  #hinting(isHinting: boolean, streams: readonly string[]) {
    this.#isHinting = isHinting;
    this.#hinted = new Set(streams);
    this.#share();
    this.#tell();
  }

  /** Polls each stream at the pace that it needs. */
  #share() {
    for (const watch of this.#watches) {
      const hinted = watch.streams.filter(stream => this.#hinted.has(stream));
      if (hinted.join(" ") === watch.hinted) continue;
      watch.hinted = hinted.join(" ");
      watch.stopPolling();
      const others = watch.streams.filter(stream => !this.#hinted.has(stream));
      const stops = [
        ...(others.length > 0 ? [this.#fast.watch(others, watch.hear)] : []),
        ...(hinted.length > 0 ? [this.#slow.watch(hinted, watch.hear)] : []),
      ];
      watch.stopPolling = () => stops.forEach(stop => stop());
    }
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}

import type { Clock, Connection, Hear, HintSource, Page } from "./HintSource.ts";

/** The pause between two reads, in milliseconds. It is the shortest after a change, and grows while nothing changes. */
export type Pace = { shortest: number; longest: number };

/** Reads every watched stream again at intervals. Reads nothing while the page is hidden or offline. */
export class PollingHints implements HintSource {
  readonly #watches = new Set<{ streams: readonly string[]; hear: Hear }>();
  readonly #listeners = new Set<() => void>();
  readonly #page: Page;
  readonly #clock: Clock;
  readonly #pace: Pace;
  #delay: number;
  #timer: unknown;
  #isAsking = false;
  #connection: Connection = "live";

  constructor(page: Page, clock: Clock, pace: Pace = { shortest: 1_000, longest: 6_000 }) {
    this.#page = page;
    this.#clock = clock;
    this.#pace = pace;
    this.#delay = pace.shortest;
    page.onChange(() => this.#soon());
  }

  watch(streams: readonly string[], hear: Hear): () => void {
    const watch = { streams, hear };
    this.#watches.add(watch);
    this.#soon();
    return () => void this.#watches.delete(watch);
  }

  connection = () => this.#connection;

  onConnection = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  #soon() {
    this.#delay = this.#pace.shortest;
    this.#plan();
  }

  #plan() {
    this.#clock.clear(this.#timer as never);
    if (!this.#page.isOnline()) this.#turn("offline");
    else if (this.#connection === "offline") this.#turn("live");
    if (this.#watches.size > 0 && this.#page.isVisible() && this.#page.isOnline())
      this.#timer = this.#clock.set(() => void this.#ask(), this.#delay);
  }

  async #ask() {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const asked = [...this.#watches].flatMap(({ streams, hear }) => streams.map(stream => hear({ stream })));
    const answers = await Promise.allSettled(asked);
    this.#isAsking = false;
    const isNew = answers.some(answer => answer.status === "fulfilled" && answer.value);
    this.#turn(answers.length > 0 && answers.every(answer => answer.status === "rejected") ? "reconnecting" : "live");
    this.#delay = isNew ? this.#pace.shortest : Math.min(this.#delay * 1.5, this.#pace.longest);
    this.#plan();
  }

  #turn(connection: Connection) {
    if (connection === this.#connection) return;
    this.#connection = connection;
    for (const listener of this.#listeners) listener();
  }
}

import type { Clock, Hear, Hint, Page } from "./HintSource.ts";

/** The pauses between attempts, in milliseconds. A list stays in the edge's cache for five seconds. */
const pauses = [300, 1_000, 2_000, 4_000, 8_000];

/** Passes hints on until the page shows their versions. A hint waits while the page is hidden. */
export class Delivery {
  readonly #hear: Hear;
  readonly #page: Page;
  readonly #clock: Clock;
  readonly #due = new Map<string, number>();
  #attempts = 0;
  #timer: unknown;
  #isRunning = false;
  #isStopped = false;

  constructor(hear: Hear, page: Page, clock: Clock) {
    this.#hear = hear;
    this.#page = page;
    this.#clock = clock;
  }

  add({ stream, version = 0 }: Hint) {
    if (version <= (this.#due.get(stream) ?? 0)) return;
    this.#due.set(stream, version);
    this.#attempts = 0;
    this.resume();
  }

  /** Goes on with the waiting hints: the page may be visible again. */
  resume() {
    this.#clock.clear(this.#timer as never);
    void this.#run();
  }

  stop() {
    this.#isStopped = true;
    this.#clock.clear(this.#timer as never);
  }

  async #run() {
    if (this.#isRunning || this.#isStopped || this.#due.size === 0 || !this.#page.isVisible()) return;
    this.#isRunning = true;
    await Promise.allSettled([...this.#due].map(hint => this.#pass(...hint)));
    this.#isRunning = false;
    if (this.#isStopped || this.#due.size === 0) return;
    const pause = pauses[this.#attempts++];
    // The slow polling finds what these attempts did not.
    if (pause === undefined) this.#due.clear();
    else this.#timer = this.#clock.set(() => void this.#run(), pause);
  }

  async #pass(stream: string, version: number) {
    const isShown = await this.#hear({ stream, version });
    // A newer hint may have come meanwhile.
    if (isShown && this.#due.get(stream) === version) this.#due.delete(stream);
  }
}

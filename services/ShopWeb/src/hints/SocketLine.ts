import type { Clock, Hint, Page } from "./HintSource.ts";

/** What the page uses of a WebSocket. */
export type Socket = Pick<WebSocket, "onopen" | "onmessage" | "onclose" | "send" | "close">;

/** Who may watch private streams. */
export type Caller = { token: () => string | undefined; isPrivate: (stream: string) => boolean };

export type Listener = {
  /** From now on, these streams are hinted. Each has at least this version. */
  watching(streams: readonly Required<Hint>[]): void;
  hint(hint: Required<Hint>): void;
  /** Until the next `watching`, nothing is hinted. */
  lost(): void;
};

/** The limits of `docs/push.md`, in streams and milliseconds. */
const mostStreams = 100;
const answerTime = 10_000;
/** API Gateway closes a socket after ten minutes without a message. */
const renewal = 5 * 60_000;
const afterRefusal = 20_000;
const firstPause = 1_000;
const longestPause = 30_000;
/** The refusals of a message with private streams. Without them, the rest can still be watched. */
const privateRefusals = ["token_required", "token_invalid", "not_yours"];

type Answer = { stream?: string; version?: number; watching?: Required<Hint>[]; code?: string };

/**
 * One socket that watches streams. It connects again after a growing, random pause, and then watches the same streams. The
 * token stands only in the message, never in the URL.
 */
export class SocketLine {
  readonly #open: () => Socket;
  readonly #page: Page;
  readonly #clock: Clock;
  readonly #caller: Caller;
  readonly #listener: Listener;
  readonly #random: () => number;
  #streams: readonly string[] = [];
  #socket: Socket | undefined;
  #isOpen = false;
  #isPausing = false;
  #isAsking = false;
  #isPublicOnly = false;
  /** The message that was sent last. */
  #sent = "";
  #failures = 0;
  #timer: unknown;

  constructor(open: () => Socket, page: Page, clock: Clock, caller: Caller, listener: Listener, random = Math.random) {
    this.#open = open;
    this.#page = page;
    this.#clock = clock;
    this.#caller = caller;
    this.#listener = listener;
    this.#random = random;
  }

  watch(streams: readonly string[]) {
    this.#streams = streams;
    this.#isPublicOnly = false;
    this.#update();
  }

  /** Another user has signed in, or nobody: other private streams can be watched. */
  renew() {
    this.#isPublicOnly = false;
    this.#update();
  }

  /** The browser is offline, or online again, or the page is visible again. */
  resume() {
    if (!this.#page.isOnline()) this.#drop();
    else {
      if (this.#isPausing) this.#stopPause();
      this.#update();
    }
  }

  #update() {
    if (!this.#page.isOnline() || this.#isPausing) return;
    if (!this.#socket) {
      if (this.#streams.length > 0) this.#connect();
    } else if (this.#isOpen && !this.#isAsking && this.#message() !== this.#sent) this.#ask();
  }

  #connect() {
    const socket = (this.#socket = this.#open());
    socket.onopen = () => {
      if (this.#socket !== socket) return;
      this.#isOpen = true;
      this.#ask();
    };
    socket.onmessage = ({ data }) => {
      if (this.#socket === socket) this.#read(JSON.parse(String(data)) as Answer);
    };
    socket.onclose = () => {
      if (this.#socket === socket) this.#lose();
    };
    this.#plan(answerTime, () => this.#lose());
  }

  #askForAll() {
    this.#isPublicOnly = false;
    this.#ask();
  }

  #ask() {
    this.#isAsking = true;
    this.#sent = this.#message();
    this.#socket?.send(this.#sent);
    this.#plan(answerTime, () => this.#lose());
  }

  #message(): string {
    const token = this.#caller.token();
    const mayWatch = (stream: string) => !this.#caller.isPrivate(stream) || (token && !this.#isPublicOnly);
    const watch = this.#streams.filter(mayWatch).slice(0, mostStreams);
    return JSON.stringify(watch.some(this.#caller.isPrivate) ? { watch, token } : { watch });
  }

  #read({ stream, version, watching, code }: Answer) {
    if (stream !== undefined && version !== undefined) this.#listener.hint({ stream, version });
    else if (watching) {
      this.#isAsking = false;
      this.#failures = 0;
      this.#listener.watching(watching);
      this.#plan(renewal, () => this.#askForAll());
      this.#update();
    } else if (code === "closed") this.#lose();
    else this.#refused(code);
  }

  #refused(code: string | undefined) {
    this.#isAsking = false;
    if (code && privateRefusals.includes(code) && !this.#isPublicOnly) {
      this.#isPublicOnly = true;
      this.#ask();
      return;
    }
    this.#listener.lost();
    this.#plan(afterRefusal, () => this.#askForAll());
  }

  #lose() {
    this.#drop();
    const pause = Math.min(longestPause, firstPause * 2 ** this.#failures++);
    this.#isPausing = true;
    this.#plan(pause * (0.5 + this.#random() / 2), () => {
      this.#stopPause();
      this.#update();
    });
  }

  #stopPause() {
    this.#isPausing = false;
    this.#clock.clear(this.#timer as never);
  }

  #drop() {
    this.#clock.clear(this.#timer as never);
    const socket = this.#socket;
    this.#socket = undefined;
    this.#isOpen = this.#isAsking = this.#isPausing = false;
    socket?.close();
    this.#listener.lost();
  }

  #plan(ms: number, run: () => void) {
    this.#clock.clear(this.#timer as never);
    this.#timer = this.#clock.set(run, ms);
  }
}

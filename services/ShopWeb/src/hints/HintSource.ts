/** "This stream has a new version." Never data: who hears it reads again. */
export type Hint = {
  stream: string;
  /** The version that exists at least, where the source knows it. */
  version?: number;
};

/** Handles a hint. True if the page now shows the hinted version or, for a hint without a version, if something was new. */
export type Hear = (hint: Hint) => Promise<boolean>;

export type Connection = "live" | "reconnecting" | "offline";

/** Where hints come from: a socket, and polling. Lost and repeated hints do no harm. */
export type HintSource = {
  /** Hears about these streams until the answer is called. */
  watch(streams: readonly string[], hear: Hear): () => void;
  connection(): Connection;
  onConnection(listener: () => void): () => void;
};

export type Clock = { set: (run: () => void, ms: number) => unknown; clear: (timer: never) => void };
export type Page = { isVisible: () => boolean; isOnline: () => boolean; onChange: (listener: () => void) => void };

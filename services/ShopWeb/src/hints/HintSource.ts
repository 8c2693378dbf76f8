/** "This stream has a new version." Never data: who hears it reads again. */
export type Hint = {
  stream: string;
  /** The version that exists at least, where the source knows it. */
  version?: number;
};

/** Handles a hint, and tells whether there was something new. */
export type Hear = (hint: Hint) => Promise<boolean>;

export type Connection = "live" | "reconnecting" | "offline";

/** Where hints come from: polling today, a socket later. Lost and repeated hints do no harm. */
export type HintSource = {
  /** Hears about these streams until the answer is called. */
  watch(streams: readonly string[], hear: Hear): () => void;
  connection(): Connection;
  onConnection(listener: () => void): () => void;
};

import type { ReactNode } from "react";
import { type Progress, sentence } from "./progress.ts";

/** The beads of a change, from this page over the event log to everyone. Decoration: the sentence says the same. */
export const Thread = ({ short = false }: { short?: boolean }) => (
  <ol className={short ? "thread short" : "thread"} aria-hidden="true">
    <li>Your page</li>
    <li>Event log</li>
    <li>Everyone</li>
  </ol>
);

type Props = {
  id?: string;
  progress: Progress;
  /** What it says while nothing is on its way. */
  resting?: string;
  onRetry?: () => void;
  /** What the reader can do about it. */
  children?: ReactNode;
};

/** The sentence of a change, announced to screen readers. It keeps its line, so nothing jumps. */
export const Says = ({ id, progress, resting = "", onRetry, children }: Props) => (
  <p className="says" id={id}>
    <span role="status">{sentence(progress) || resting}</span>
    {progress.state === "offline" && onRetry && (
      <button type="button" className="link" onClick={onRetry}>
        Try now
      </button>
    )}
    {children}
  </p>
);

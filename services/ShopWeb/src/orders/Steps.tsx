import { atExactClock } from "../parts/dates.ts";
import type { Step } from "./steps.ts";

const GivenBack = () => (
  <svg viewBox="0 0 18 18" fill="none" stroke="currentColor" strokeWidth="1.7" aria-hidden="true">
    <path d="M6.5 3 2.5 7l4 4M3 7h8a4.5 4.5 0 0 1 0 9H7" />
  </svg>
);

/** The steps of an order on one thread. */
export const Steps = ({ steps }: { steps: Step[] }) => (
  <ol className="steps" aria-label="What happened">
    {steps.map(({ kind, title, at, when, text, event }) => (
      <li key={title} className={kind === "done" ? undefined : kind}>
        <b>{title}</b>
        {at ? <time dateTime={at}>{atExactClock(at)}</time> : when && <span className="when">{when}</span>}
        {kind === "back" ? (
          <p className="undo">
            <GivenBack />
            <span>{text}</span>
          </p>
        ) : (
          (text || event) && (
            <p>
              {text} {event && <code>{event}</code>}
            </p>
          )
        )}
      </li>
    ))}
  </ol>
);

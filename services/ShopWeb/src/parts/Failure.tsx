import { ApiError, textOf } from "../api/problem.ts";
import { CutBeads } from "./Bead.tsx";
import { retrySeconds } from "./retries.ts";

type Props = {
  /** What is not here, as in "The list". */
  what: string;
  error: unknown;
  onRetry: () => void;
  /** What still works. */
  hint?: string;
};

/** A read that failed: says what is wrong, what still works, and when it is tried again. */
export function Failure({ what, error, onRetry, hint }: Props) {
  const isTemporary = error instanceof ApiError && error.isTemporary;
  return (
    <div className="panel empty" role="alert">
      <CutBeads />
      <h2>{isTemporary ? `${what} is not available right now` : `${what} cannot be shown`}</h2>
      <p className="small hush">{error instanceof ApiError ? textOf(error.problem) : "Something on this page went wrong. Reload it."}</p>
      {hint && <p className="small hush">{hint}</p>}
      <p className="row">
        <button type="button" className="button quiet low" onClick={onRetry}>
          Try again
        </button>
        {isTemporary && <span className="tiny hush">The page tries again every {retrySeconds} s</span>}
      </p>
    </div>
  );
}

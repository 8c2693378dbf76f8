import type { Read } from "../api/client.ts";

/** Says that an answer came from the event log. It is correct. */
export function Degraded({ read }: { read: Read<unknown> | undefined }) {
  if (!read?.answeredFrom && !read?.mayLack) return null;
  return (
    <p className="note">
      <span className="tag offline">From the event log</span>
      <span>
        {read.mayLack?.includes("newest-commit")
          ? "A change of the last moment may be missing."
          : "The usual store is unavailable or behind. What you see is correct, but takes a little longer."}
        {read.mayLack?.includes("reviews") && " The rating is missing for now."}
      </span>
    </p>
  );
}

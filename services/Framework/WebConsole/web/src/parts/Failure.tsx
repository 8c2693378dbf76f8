import { Failed } from "../api.ts";

/** What went wrong, word for word. */
export function Failure({ error, retry }: { error: Error; retry?: () => void }) {
  const heading = error instanceof Failed && error.status === 401 ? "This page needs its token" : error instanceof Failed && error.status === 409 ? "Refused" : "Not available";
  return (
    <div className="failure" role="alert">
      <strong>{heading}</strong>
      <p>{error.message}</p>
      {retry && <p><button className="button quiet low" onClick={retry}>Try again</button></p>}
    </div>
  );
}

/** Parts of the stack that do not answer; the rest of the page stays live. */
export function Faults({ faults }: { faults: string[] }) {
  if (faults.length === 0) return null;
  return <div className="failure" role="alert">{faults.map(fault => <p key={fault}>{fault}</p>)}</div>;
}

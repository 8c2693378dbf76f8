import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { get } from "../api.ts";
import { Copied } from "../parts/Does.tsx";
import { Failure } from "../parts/Failure.tsx";
import { clock, milliseconds } from "../parts/text.ts";
import { streamPath } from "../routes.ts";
import type { DocumentPair, Timeline } from "../types.ts";
import { lines, show } from "./json.ts";
import type { Point } from "./timeline.ts";

interface DocumentProps { timeline: Timeline; points: Point[]; shown: number }

/** The document at a version, what changed since another one, and the event that made it. */
export function Document({ timeline, points, shown }: DocumentProps) {
  const [from, setFrom] = useState<number | null>(null);
  const against = from !== null && from < shown ? from : shown - 1;
  const pair = useQuery({
    queryKey: ["document", timeline.stream, shown, against],
    enabled: timeline.hasDocument && shown > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<DocumentPair>(`/streams/${encodeURIComponent(timeline.stream)}/document?version=${shown}&from=${against}`, signal),
  });
  const point = points.find(one => one.event.version === shown);
  return (
    <div className="even">
      <section className="panel" aria-labelledby="doc-h"><h2 id="doc-h">Document at version {shown}</h2>
        {!timeline.hasDocument ? <p className="hush">Streams of this category have no document, only events.</p>
          : pair.error ? <Failure error={pair.error} retry={() => void pair.refetch()} />
          : !pair.data ? <span className="bone" />
          : pair.data.document === undefined ? <p className="hush">The document is deleted.</p>
          : <pre className="json" tabIndex={0} aria-label="Document">{lines(pair.data.document, pair.data.changes).map((line, i) => <span key={i} className={line.isNew ? "new" : undefined}>{line.text}</span>)}</pre>}
      </section>
      <div className="stack">
        {timeline.hasDocument && (
          <section className="panel stack tight" aria-labelledby="diff-h"><h2 id="diff-h">Changed since version {against}</h2>
            {pair.data && <Changes pair={pair.data} />}
            <label className="tool tiny"><span>Compare with</span><span className="field"><select value={from ?? ""} onChange={e => setFrom(e.target.value === "" ? null : Number(e.target.value))}>
              <option value="">the version before</option>{points.filter(one => one.event.version < shown).map(one => <option key={one.event.version} value={one.event.version}>version {one.event.version}</option>)}
            </select></span></label>
            {against > 0 && <Copied verb={`diff ${timeline.stream} --from ${against} --to ${shown}`} />}
          </section>
        )}
        {point && <Event point={point} />}
      </div>
    </div>
  );
}

function Changes({ pair }: { pair: DocumentPair }) {
  if (pair.changes.length === 0) return <p className="hush">Nothing.</p>;
  return (
    <div data-scroll tabIndex={0} aria-label="Changes"><table className="diff stacked">
      <thead><tr><th scope="col">Field</th><th scope="col">Version {pair.beforeVersion}</th><th scope="col">Version {pair.version}</th></tr></thead>
      <tbody>{pair.changes.map(change => (
        <tr key={change.path}><td>{change.path}</td><td>{change.before !== undefined && <del>{show(change.before)}</del>}</td><td>{change.after !== undefined && <ins>{show(change.after)}</ins>}</td></tr>))}</tbody>
    </table></div>
  );
}

function Event({ point: { event, command } }: { point: Point }) {
  return (
    <section className="panel stack tight" aria-labelledby="event-h"><h2 id="event-h" className="mono">{event.type}</h2>
      <dl className="facts">
        <dt>Asked for by</dt><dd>{command.actor.id}, {command.actor.role}</dd>
        <dt>Command</dt><dd className="mono">{command.type}, {command.commandId}</dd>
        <dt>Sent, decided</dt><dd>{clock(command.issuedAt)}, {milliseconds(Math.max(0, Date.parse(command.decidedAt) - Date.parse(command.issuedAt)))} later</dd>
        {command.correlationId && <><dt>Correlation id</dt><dd className="mono">{command.correlationId}</dd></>}
        {command.causationId && <><dt>Caused by event</dt><dd className="mono">{command.causationId}</dd></>}
      </dl>
      <details><summary className="tiny">The event's data</summary><pre className="json" tabIndex={0} aria-label="The event's data">{lines(event.data, []).map((line, i) => <span key={i}>{line.text}</span>)}</pre></details>
      <p className="tiny hush"><Link href={streamPath(command.stream, event.version)}>Link to this version</Link></p>
    </section>
  );
}

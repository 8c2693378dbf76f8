import { Link } from "wouter";
import { clock, milliseconds, short } from "../parts/text.ts";
import { streamPath } from "../routes.ts";
import type { Decided } from "../types.ts";

const tags = { applied: "settled", unchanged: "plain", refused: "refused" } as const;

export function Commands({ recent, follow }: { recent?: Decided[]; follow: (command: Decided) => void }) {
  return (
    <>
      <h2 id="cmd-h">Last commands</h2>
      {!recent ? <div className="stack" aria-hidden="true">{[1, 2, 3, 4].map(i => <span key={i} className="bone" />)}</div>
        : recent.length === 0 ? <p className="hush">No command was decided yet.</p>
        : <ol className="recent">{recent.map(command => (
          <li key={command.id} data-command={command.id}>
            <button onClick={() => follow(command)} title="Highlight its path">
              <span className="row apart"><span className="mono strong">{command.type}</span><span className={`tag ${tags[command.status]}`}>{command.status}</span></span>
              <span className="row apart tiny hush"><span className="mono">{short(command.stream)}</span><span>{clock(command.at)}</span></span>
            </button>
          </li>))}</ol>}
    </>
  );
}

export function Followed({ command, close }: { command: Decided; close: () => void }) {
  return (
    <>
      <header className="stack tight">
        <p className="row apart"><span className={`tag ${tags[command.status]}`}>{command.status}</span><span className="tiny hush">version {command.version}</span></p>
        <h2 id="cmd-h" className="mono">{command.type}</h2>
        {command.reason && <p className="small">{command.reason}</p>}
      </header>
      <dl className="facts">
        <dt>By</dt><dd>{command.actor}, {command.role}</dd>
        <dt>Decided</dt><dd>{clock(command.at)}, {milliseconds(command.decidedMs)} after it was sent</dd>
        <dt>Stream</dt><dd><Link className="mono" href={streamPath(command.stream, command.status === "applied" ? command.version : undefined)}>{command.stream}</Link></dd>
        <dt>Command</dt><dd className="mono">{command.id}</dd>
        {command.code && <><dt>Code</dt><dd className="mono">{command.code}</dd></>}
      </dl>
      {command.events.length > 0 && <div><h3>Events</h3><ol className="caused">{command.events.map((event, i) => <li key={i} className="mono">{event}</li>)}</ol></div>}
      <button className="button quiet low" onClick={close}>Back to the last commands</button>
    </>
  );
}

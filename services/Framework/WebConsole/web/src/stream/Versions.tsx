import { useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { clock } from "../parts/text.ts";
import { streamPath } from "../routes.ts";
import type { Timeline } from "../types.ts";
import { idleOf, versionAt, type Point } from "./timeline.ts";

interface VersionsProps { timeline: Timeline; points: Point[]; shown: number; choose: (version: number) => void }

/** Versions on a thread, commands that changed nothing below it, and one scrubber for both. */
export function Versions({ timeline, points, shown, choose }: VersionsProps) {
  const [first, last] = [points[0]!.event.version, points.at(-1)!.event.version];
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // New browsers return a promise from it, which is no cleanup.
    void box.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [shown]);
  // React's style prop sets properties from the script, which the CSP allows.
  const size = { "--n": points.length, "--done": `${points.length < 2 ? 100 : (shown - first) / (last - first) * 100}%`, minWidth: `max(100%, ${points.length * (points.length > 60 ? 44 : 124)}px)` } as React.CSSProperties;
  const current = points.find(point => point.event.version === shown) ?? points.at(-1)!;
  return (
    <section className="panel stack tight" aria-labelledby="versions-h">
      <header className="row apart"><h2 id="versions-h">{timeline.version === 1 ? "1 version" : `${timeline.version.toLocaleString("en")} versions`}</h2>
        <At points={points} choose={choose} /></header>
      {timeline.hasEarlier && <p className="tiny hush">Only the newest commands are shown. The history command prints all of them.</p>}
      {timeline.parked > 0 && <p className="tag moving">{timeline.parked} parked: a newer release must decide them</p>}
      <div data-scroll tabIndex={0} aria-label="Versions" ref={box}>
        <div className="versions" style={size} data-many={points.length > 60 || undefined}>
          <ol>{points.map(({ event, command }) => (
            <li key={event.version} className={event.version > shown ? "later" : undefined}>
              <Link href={streamPath(timeline.stream, event.version)} replace aria-current={event.version === shown ? "true" : undefined}>
                <b>{event.version}</b><span>{event.type}</span><span className="when">{clock(command.decidedAt)}</span>
              </Link>
            </li>))}</ol>
          <div className="refusals">{idleOf(timeline).map(command => (
            <a key={command.commandId} className={command.status} href={`#command-${command.commandId}`} aria-label={`${command.type} was ${command.status} at version ${command.version}`} title={`${command.type}: ${command.reason ?? command.status}`}
              style={{ "--at": Math.max(0.35, command.version - first + 1) } as React.CSSProperties} />))}</div>
          <input type="range" min={first} max={last} value={shown} onChange={e => choose(Number(e.target.value))} aria-label="Version"
            aria-valuetext={`Version ${shown}, ${current.event.type}, ${clock(current.command.decidedAt)}`} />
        </div>
      </div>
    </section>
  );
}

/** Goes to the version that the stream had at a time. */
function At({ points, choose }: { points: Point[]; choose: (version: number) => void }) {
  const [problem, setProblem] = useState("");
  return (
    <label className="tool tiny"><span>As of</span>
      <span className="field"><input type="datetime-local" step="1" onChange={e => {
        if (!e.target.value) return setProblem("");
        const version = versionAt(points, new Date(e.target.value).getTime() + 999);
        setProblem(version ? "" : "Nothing had happened by then.");
        if (version) choose(version);
      }} /></span>
      <span role="status">{problem}</span>
    </label>
  );
}

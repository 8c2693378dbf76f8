import { Link } from "wouter";
import { Does } from "../parts/Does.tsx";
import { clock } from "../parts/text.ts";
import { streamPath } from "../routes.ts";
import type { Letter } from "../types.ts";
import { verbOf, type Choice } from "./LettersPage.tsx";

interface CardProps { letter: Letter; inStream: number; busy: boolean; redrive: (choice: Choice) => void; discard: (choice: Choice) => void }

export function LetterCard({ letter, inStream, busy, redrive, discard }: CardProps) {
  const one = { id: letter.id, queue: letter.queue };
  return (
    <article className="letter" aria-label={`Dead letter ${letter.id}`} data-letter={letter.id}>
      <p className="strong">{letter.reason ?? "Its function was killed or timed out at each attempt."}</p>
      <dl className="facts">
        <dt>Failed</dt><dd>{letter.failedAt ? clock(letter.failedAt) : "some time ago"}{letter.function && <>, in <span className="mono">{letter.function}</span></>}</dd>
        {letter.stream && <><dt>Stream</dt><dd><Link className="mono" href={streamPath(letter.stream)}>{letter.stream}</Link>, from version {letter.version}</dd></>}
        {letter.events.length > 0 && <><dt>Events</dt><dd className="mono">{letter.events.join(", ")}</dd></>}
      </dl>
      {letter.stack && <details><summary>Stack trace</summary><pre tabIndex={0} aria-label="Stack trace">{letter.stack}</pre></details>}
      <details><summary>The message</summary><pre tabIndex={0} aria-label="Message">{pretty(letter.body)}</pre></details>
      <div className="doses">
        <Does verb={verbOf("redrive", one)} busy={busy} solid onClick={() => redrive(one)}>Redrive</Does>
        {inStream > 1 && <Does verb={verbOf("redrive", { queue: letter.queue, stream: letter.stream })} busy={busy} onClick={() => redrive({ queue: letter.queue, stream: letter.stream })}>Redrive the {inStream} of this stream</Does>}
        <Does verb={`${verbOf("discard", one)} --why …`} busy={busy} onClick={() => discard(one)}>Discard…</Does>
      </div>
    </article>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, type FormEvent } from "react";
import { Link, useLocation } from "wouter";
import { get } from "../api.ts";
import { useLive } from "../live.tsx";
import { Failure } from "../parts/Failure.tsx";
import { short } from "../parts/text.ts";
import { useTitle } from "../parts/useTitle.ts";
import { streamPath } from "../routes.ts";
import type { Timeline } from "../types.ts";
import { Document } from "./Document.tsx";
import { Idle } from "./Idle.tsx";
import { pointsOf } from "./timeline.ts";
import { Versions } from "./Versions.tsx";

export function StreamPage({ id, version }: { id?: string; version?: number }) {
  useTitle(id ? short(id) : "Stream");
  const [, go] = useLocation();
  const { reading } = useLive();
  const timeline = useQuery({ queryKey: ["stream", id], enabled: Boolean(id), queryFn: ({ signal }) => get<Timeline>(`/streams/${encodeURIComponent(id!)}`, signal) });
  // A command that was just decided on this stream.
  const newest = reading?.recent?.find(command => command.stream === id)?.id;
  const { refetch } = timeline;
  useEffect(() => { if (newest) void refetch(); }, [newest, refetch]);

  const points = timeline.data ? pointsOf(timeline.data) : [];
  const shown = Math.min(version ?? Infinity, points.at(-1)?.event.version ?? 0);
  const choose = (next: number) => go(streamPath(id!, next), { replace: true });
  return (
    <>
      <div className="row apart"><h1>Stream</h1>{id && <span className="hush mono">{id}</span>}</div>
      <Find id={id} />
      {timeline.error && <Failure error={timeline.error} retry={() => void refetch()} />}
      {timeline.isLoading && <section className="panel" aria-busy="true"><div className="stack">{[1, 2, 3].map(i => <span key={i} className="bone" />)}</div></section>}
      {timeline.data && (
        <>
          {points.length > 0 ? <Versions timeline={timeline.data} points={points} shown={shown} choose={choose} /> : <section className="panel"><p>No command changed this stream.</p></section>}
          {points.length > 0 && <Document timeline={timeline.data} points={points} shown={shown} />}
          <Idle timeline={timeline.data} />
        </>
      )}
    </>
  );
}

function Find({ id }: { id?: string }) {
  const [, go] = useLocation();
  const { reading } = useLive();
  const [text, setText] = useState(id ?? "");
  const open = (e: FormEvent) => {
    e.preventDefault();
    if (text.trim()) go(streamPath(text.trim()));
  };
  const others = [...new Set((reading?.recent ?? []).map(command => command.stream))].filter(stream => stream !== id).slice(0, 6);
  return (
    <section className="panel stack tight" aria-label="Find a stream">
      <form className="find" onSubmit={open}>
        <label><span className="label">Stream id</span><span className="field"><input className="mono" value={text} onChange={e => setText(e.target.value)} placeholder="category-key" spellCheck={false} autoComplete="off" /></span></label>
        <button className="button low">Open the stream</button>
      </form>
      {others.length > 0 ? <div className="chips"><span className="tiny hush">Just now:</span>{others.map(stream => <Link key={stream} className="mono" href={streamPath(stream)} title={stream}>{short(stream)}</Link>)}</div>
        : !id && <p className="hush small">Paste a stream id. The response to every command has one.</p>}
    </section>
  );
}

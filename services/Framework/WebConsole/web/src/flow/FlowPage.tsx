import { useEffect, useMemo, useRef, useState } from "react";
import { useLive } from "../live.tsx";
import { Faults } from "../parts/Failure.tsx";
import { useTitle } from "../parts/useTitle.ts";
import type { Decided } from "../types.ts";
import { Commands, Followed } from "./Commands.tsx";
import { Hops, Picture } from "./Picture.tsx";
import { Strip } from "./Strip.tsx";

const noWay = new Set<string>();

export function FlowPage() {
  useTitle("Flow");
  const { about, reading, down, paused, pause } = useLive();
  const [followed, follow] = useState<Decided | null>(null);
  const [waiting, wait] = useState(false);
  const last = useRef<string>(undefined);
  const newest = reading?.recent?.[0];
  const asleep = useAsleep();

  useEffect(() => {
    if (!newest) return;
    if (waiting && last.current && newest.id !== last.current) {
      follow(newest);
      wait(false);
    }
    last.current = newest.id;
  }, [newest, waiting]);

  const lit = useMemo(() => followed ? new Set(followed.way) : noWay, [followed]);
  return (
    <>
      <div className="row apart"><h1>Flow</h1>
        <div className="row">
          <span className="hush" role="status">{waiting ? "Waiting for a command…" : followed ? `Highlighted: the path of ${followed.type}.` : ""}</span>
          {followed && <button className="button bare low" onClick={() => follow(null)}>Remove the highlight</button>}
          <button className="button quiet low" aria-pressed={waiting} onClick={() => wait(!waiting)}>Follow the next command</button>
          <button className="button bare low" onClick={() => pause(!paused)}>{paused ? "Resume" : "Pause"}</button>
        </div></div>
      {down && !paused && <Faults faults={[down]} />}
      <Faults faults={reading?.faults ?? []} />
      <div className="split">
        <section className="panel" data-scroll tabIndex={0} aria-label="A drawing of the flow. The list of hops has the same numbers.">
          <Picture map={about.map} reading={reading} lit={lit} refused={followed?.status === "refused"} down={asleep} />
          <Clocks />
        </section>
        <section className="panel narrow" aria-labelledby="hop-h"><h2 id="hop-h">Every hop</h2><Hops map={about.map} reading={reading} /></section>
        <aside className="panel stack tight" aria-labelledby="cmd-h">
          {followed ? <Followed command={followed} close={() => follow(null)} /> : <Commands recent={reading?.recent} follow={follow} />}
        </aside>
      </div>
      <Strip />
    </>
  );
}

/** Functions that no message starts. */
function Clocks() {
  const { about } = useLive();
  const clocks = about.map.nodes.filter(node => node.kind === "clock");
  return clocks.length === 0 ? null : <p className="tiny hush clocks">On a schedule: {clocks.map((clock, i) => <span key={clock.id}>{i > 0 && " · "}<span className="strong">{clock.label}</span> {clock.detail}</span>)}</p>;
}

/** Programs that ran a moment ago and do not now. */
function useAsleep(): Set<string> {
  const { about, reading } = useLive();
  const seen = useRef(new Set<string>());
  const programs = about.map.nodes.filter(node => ["service", "decider", "function"].includes(node.kind)).map(node => node.id);
  const running = new Set((reading?.processes ?? []).filter(process => process.isRunning).map(process => process.name.replace(/-\d+$/, "")));
  for (const name of running) seen.current.add(name);
  return new Set(running.size === 0 ? [] : programs.filter(name => seen.current.has(name) && !running.has(name)));
}

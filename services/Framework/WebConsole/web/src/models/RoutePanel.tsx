import { useState } from "react";
import { Does } from "../parts/Does.tsx";
import type { Job, ModelVersion } from "../types.ts";
import { Key } from "./LagChart.tsx";
import type { Run } from "./ModelsPage.tsx";

interface RouteProps { name: string; versions: ModelVersion[]; jobs: Job[]; busy: boolean; run: Run }

/** Whom the later version answers. Dragging sends nothing; the button does. */
export function RoutePanel({ name, versions, jobs, busy, run }: RouteProps) {
  const first = versions.find(version => version.isFirst)!;
  const [later, choose] = useState(versions.find(version => !version.isFirst && version.percent > 0) ?? versions.findLast(version => !version.isFirst)!);
  const current = versions.find(version => version.model === later.model)!;
  const [dragged, drag] = useState<number | null>(null);
  const percent = dragged ?? (current.percent || 10);
  const others = versions.filter(version => !version.isFirst);
  const retiring = jobs.find(job => job.kind === "retire" && versions.some(version => version.model === job.model) && job.isRunning);
  const retire = current.percent === 100 ? first : current;
  const retireNot = !retire.isAlive ? `${retire.model} is asleep already.` : retire === current && current.percent > 0 ? `Not yet: it answers ${current.percent} % of the readers.` : undefined;
  return (
    <section className="panel" aria-labelledby={`route-${name}`} data-route={name}>
      <header className="row apart"><h2 id={`route-${name}`}>Who reads which version of {name}?</h2><span className="tiny hush">A reader always gets the same version. The edge may keep an answer for some seconds.</span></header>
      {others.length > 1 && <p className="row">{others.map(version => <button key={version.model} className="button quiet low" aria-pressed={version.model === current.model} onClick={() => choose(version)}>{version.model}</button>)}</p>}
      <div className="route">
        <div><span className="mono"><Key model={current.model} /> {current.model}</span><b>{current.percent} %</b><span className="tiny hush">{current.isBuilt ? "built" : current.isAlive ? "awake, not built" : "asleep"}</span></div>
        <div className="slide"><label className="unseen" htmlFor={`share-${name}`}>Share of readers who get {current.version}</label>
          <input id={`share-${name}`} type="range" min="1" max="100" value={percent} style={{ "--p": `${percent}%` } as React.CSSProperties} onChange={e => drag(Number(e.target.value))} aria-valuetext={`${percent} percent read ${current.version}`} />
          <div className="ticks" aria-hidden="true"><span>1 %</span><span>25</span><span>50</span><span>75</span><span>100 %</span></div></div>
        <div><span className="mono">{first.model} <Key model={first.model} /></span><b>{first.percent} %</b><span className="tiny hush">{first.isAlive ? "the first version" : "retired"}</span></div>
      </div>
      <div className="doses spaced">
        <Does solid verb={`readmodel route ${name} ${current.version} --percent ${percent}`} busy={busy} disabledBecause={current.isBuilt ? undefined : `Not yet: ${current.model} is not built.`}
          onClick={() => { run(`${name}/route`, { version: current.version, percent }); drag(null); }}>Route {percent} % to {current.version}</Does>
        <Does verb={`readmodel route back ${name}`} busy={busy} disabledBecause={current.percent === 0 && current.buckets.length === 0 ? "Everybody reads the first version." : undefined} onClick={() => { run(`${name}/back`); drag(null); }}>Route everybody back</Does>
        <Retire version={retire} not={retireNot} busy={Boolean(retiring)} run={run} />
      </div>
      {retiring && <p className="tag moving" role="status">Retiring {retiring.model}: waiting until no process reads or writes it</p>}
    </section>
  );
}

function Retire({ version, not, busy, run }: { version: ModelVersion; not?: string; busy: boolean; run: Run }) {
  const [sure, ask] = useState(false);
  const verb = `readmodel retire ${version.name} ${version.version}`;
  return sure && !not
    ? <div className="doses"><Does verb={verb} busy={busy} onClick={() => { ask(false); run(`${version.name}/${version.version}/retire`); }}>Delete all items of {version.model}</Does><button className="button bare low" onClick={() => ask(false)}>Keep them</button></div>
    : <Does verb={verb} disabledBecause={not} busy={busy} onClick={() => ask(true)}>Retire {version.version}…</Does>;
}

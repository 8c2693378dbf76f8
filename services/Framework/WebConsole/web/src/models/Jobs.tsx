import { useState } from "react";
import { Does } from "../parts/Does.tsx";
import { count } from "../parts/text.ts";
import type { Job, ModelVersion } from "../types.ts";
import type { Run } from "./ModelsPage.tsx";
import { percentOf } from "./ModelTable.tsx";

export function BuildPanel({ version, job, run }: { version: ModelVersion; job?: Job; run: Run }) {
  const percent = job ? percentOf(job) : 0;
  const path = `${version.name}/${version.version}`;
  return (
    <section className="panel stack tight" aria-labelledby={`build-${version.model}`} data-build={version.model}>
      <div className="row apart"><h2 id={`build-${version.model}`}>Build of {version.model}</h2>
        <span role="status">{job?.isRunning ? <span className="tag moving">{job.progress ? `${percent} %` : "Waking"}</span> : version.isBuilt ? <span className="tag settled">Built</span> : <span className="tag plain">Not built</span>}</span></div>
      {job?.isRunning && <div className="meter" role="progressbar" aria-label={`Build of ${version.model}`} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}><i style={{ "--w": `${percent}%` } as React.CSSProperties} /></div>}
      {job?.error && <p className="failure" role="alert">{job.error}</p>}
      <dl className="facts">
        {job?.progress && job.isRunning && <><dt>Read</dt><dd>{count(job.progress.events)} of {count(job.progress.totalEvents)} events</dd><dt>Speed</dt><dd>{count(Math.round(job.progress.eventsPerSecond))} events a second</dd></>}
        {job?.built && <><dt>Read</dt><dd>{count(job.built.streams)} streams, {count(job.built.events)} events in {job.built.seconds.toFixed(1)} s</dd><dt>Stuck</dt><dd>{job.built.stuckStreams === 0 ? "No stream" : job.built.stuck.join(" ")}</dd></>}
        <dt>Readers</dt><dd>{version.percent === 0 ? "None. A build changes no response." : `${version.percent} % of them. A build repairs items while they are read.`}</dd>
      </dl>
      {job?.isRunning
        ? <div className="does"><button className="button quiet low" onClick={() => run(`${path}/stop`)}>Stop the build</button><span className="tiny hush">Start it again to resume.</span></div>
        : <Does verb={`readmodel build ${version.name} ${version.version}`} onClick={() => run(`${path}/build`)}>{version.isBuilt ? "Build it again" : version.isAlive ? "Resume the build" : "Wake and build it"}</Does>}
    </section>
  );
}

export function ComparePanel({ versions, jobs, run }: { versions: ModelVersion[]; jobs: Job[]; run: Run }) {
  const alive = versions.filter(version => version.isAlive);
  const [chosen, choose] = useState<string | null>(null);
  const version = alive.find(one => one.model === chosen) ?? alive.findLast(one => !one.isFirst) ?? alive[0];
  if (!version) return null;
  const beside = alive.find(other => other.name === version.name && other.model !== version.model);
  const job = jobs.find(one => one.kind === "compare" && one.model === version.model);
  const verb = `readmodel compare ${version.name} ${version.version}${beside ? ` --with ${beside.version}` : ""}`;
  return (
    <section className="panel stack tight" aria-labelledby="compare-h" data-compare>
      <div className="row apart"><h2 id="compare-h">Is {version.model} right?</h2>
        <label className="tool"><span className="unseen">Read model</span><span className="field"><select value={version.model} onChange={e => choose(e.target.value)}>{alive.map(one => <option key={one.model}>{one.model}</option>)}</select></span></label></div>
      {!job ? <p className="hush">Compares every item with the fold of its events.</p>
        : job.isRunning ? <p className="tag moving" role="status">{count(job.compared ?? 0)} items compared</p>
        : job.error ? <p className="failure" role="alert">{job.error}</p>
        : job.comparison && <Found found={job.comparison} beside={job.comparedWith && `${version.name}-${job.comparedWith}`} />}
      <Does verb={verb} busy={job?.isRunning} onClick={() => run(`${version.name}/${version.version}/compare`, { with: beside?.version })}>{job ? "Compare again" : "Compare"}</Does>
    </section>
  );
}

function Found({ found, beside }: { found: NonNullable<Job["comparison"]>; beside?: string }) {
  const clean = found.missing + found.differing === 0;
  return (
    <>
      <p className={clean ? "verdict" : "failure"} role="status">{clean ? `Yes. All ${count(found.items)} items equal the fold of their events.` : `No. ${count(found.differing)} items differ, ${count(found.missing)} are missing.`}</p>
      {found.first.length > 0 && <ul className="tiny mono">{found.first.map(one => <li key={one}>{one}</li>)}</ul>}
      {beside && <table><thead><tr><th scope="col">Against {beside}</th><th scope="col" className="num">Items</th></tr></thead>
        <tbody>{Object.entries(found.beside).map(([change, items]) => <tr key={change}><td><code>{change}</code></td><td className="num">{count(items)}</td></tr>)}
          {Object.keys(found.beside).length === 0 && <tr><td>No difference</td><td className="num">0</td></tr>}</tbody></table>}
    </>
  );
}

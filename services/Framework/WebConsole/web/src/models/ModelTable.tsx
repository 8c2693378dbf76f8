import { Link } from "wouter";
import { milliseconds } from "../parts/text.ts";
import { streamPath } from "../routes.ts";
import type { Job, ModelLag, ModelVersion } from "../types.ts";
import { Key } from "./LagChart.tsx";

interface TableProps { versions: ModelVersion[]; jobs: Job[]; lags?: ModelLag[]; loading: boolean }

export function ModelTable({ versions, jobs, lags, loading }: TableProps) {
  return (
    <section className="panel" aria-labelledby="all-h"><h2 id="all-h" className="unseen">All versions</h2>
      <div data-scroll tabIndex={0} aria-label="All versions"><table className="dense models">
        <thead><tr><th scope="col">Version</th><th scope="col">State</th><th scope="col">Follows</th><th scope="col" className="num">Lag</th></tr></thead>
        <tbody>
          {loading && [1, 2, 3].map(i => <tr key={i}><td colSpan={4}><span className="bone" /></td></tr>)}
          {versions.map(version => {
            const lag = lags?.find(one => one.name === version.model);
            return (
              <tr key={version.model} data-model={version.model}>
                <th scope="row" className="mono"><Key model={version.model} />{version.model}</th>
                <td><State version={version} job={jobs.find(job => job.kind === "build" && job.model === version.model && job.isRunning)} /></td>
                <td className="hush">{version.categories.join(", ")}</td>
                <td className="num">{lag ? <>{milliseconds(lag.lagMs)}{lag.oldest && lag.lagMs > 1000 && <><br /><Link className="tiny" href={streamPath(lag.oldest)}>oldest stream</Link></>}</> : "—"}</td>
              </tr>
            );
          })}
        </tbody>
      </table></div>
    </section>
  );
}

function State({ version, job }: { version: ModelVersion; job?: Job }) {
  if (job) return <span className="tag moving">Building{job.progress ? `, ${percentOf(job)} %` : ""}</span>;
  if (!version.isAlive) return <span className="tag plain">Asleep</span>;
  if (version.percent === 100) return <span className="tag settled">Answers all</span>;
  if (version.percent > 0 || version.buckets.length > 0) return <span className="tag settled">Answers {version.percent} %{version.buckets.length > 0 && ` and ${version.buckets.length} buckets`}</span>;
  return <span className="tag plain">{version.isBuilt ? "Built, answers nobody" : "Awake, not built"}</span>;
}

export const percentOf = (job: Job) => job.progress && job.progress.totalEvents > 0 ? Math.min(100, Math.floor(job.progress.events / job.progress.totalEvents * 100)) : 100;

import { Link, useLocation } from "wouter";
import { useLive } from "../live.tsx";

const pages = [["/", "Flow"], ["/stream", "Stream"], ["/deadletters", "Dead letters"], ["/readmodels", "Read models"]] as const;

export function Bar() {
  const [path] = useLocation();
  const { about, reading, down, paused } = useLive();
  const dead = (reading?.queues ?? []).reduce((sum, queue) => sum + queue.dead, 0);
  return (
    <header className="bar"><div>
      <Link className="mark" href="/"><Mark />ServerlessCqrs <span>console</span></Link>
      <nav aria-label="Pages" data-scroll>
        {pages.map(([to, name]) =>
          <Link key={to} href={to} aria-current={(to === "/" ? path === "/" : path.startsWith(to)) ? "page" : undefined}>
            {name}{to === "/deadletters" && dead > 0 && <> <span className="tag refused">{dead.toLocaleString("en")}</span></>}
          </Link>)}
      </nav>
      <div className="end">
        <span className="tag plain">{about.stack}</span>
        <span role="status">{paused ? <span className="tag offline">Paused</span>
          : down ? <span className="tag refused">Not connected</span>
          : !reading ? <span className="tag moving">Connecting</span>
          : reading.faults.length > 0 ? <span className="tag refused">Degraded</span>
          : <span className="tag settled">Live</span>}</span>
      </div>
    </div></header>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 52 16" aria-hidden="true">
      <path d="M8 8h36" stroke="currentColor" strokeWidth="1.5" />
      <circle cx="8" cy="8" r="5" fill="var(--surface)" stroke="currentColor" strokeWidth="2" strokeDasharray="2.9 2.3" />
      <circle cx="26" cy="8" r="5" fill="var(--surface)" stroke="currentColor" strokeWidth="2" /><path d="M26 3a5 5 0 0 0 0 10z" fill="currentColor" />
      <circle cx="44" cy="8" r="6" fill="currentColor" />
    </svg>
  );
}

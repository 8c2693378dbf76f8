import { Copied } from "../parts/Does.tsx";
import { clock } from "../parts/text.ts";
import type { Timeline } from "../types.ts";
import { idleOf } from "./timeline.ts";

/** Commands that changed nothing: refused, or the stream was so already. */
export function Idle({ timeline }: { timeline: Timeline }) {
  const idle = idleOf(timeline).toReversed();
  return (
    <section className="panel stack tight" aria-labelledby="idle-h">
      <header className="row apart"><h2 id="idle-h">Refused and unchanged</h2><span className="tiny hush">They changed nothing, and stay on record.</span></header>
      {idle.length === 0 ? <p className="hush">Every command of this stream was applied.</p> : (
        <div data-scroll tabIndex={0} aria-label="Refused and unchanged commands"><table className="stacked whys">
          <thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">Asked for</th><th scope="col">At</th><th scope="col">Reason</th></tr></thead>
          <tbody>{idle.map(command => (
            <tr key={command.commandId} id={`command-${command.commandId}`}>
              <td>{clock(command.decidedAt)}</td><td>{command.actor.id}</td>
              <td><span className="mono">{command.type}</span>{command.asked !== undefined && <><br /><code className="hush">{JSON.stringify(command.asked)}</code></>}</td>
              <td>v{command.version}</td>
              <td>{command.status === "unchanged" ? <span className="tag plain">Nothing to change</span> : <><b>{command.reason}</b><br /><code className="hush">{command.code}</code></>}</td>
            </tr>))}</tbody>
        </table></div>
      )}
      <Copied verb={`history ${timeline.stream}`} />
    </section>
  );
}

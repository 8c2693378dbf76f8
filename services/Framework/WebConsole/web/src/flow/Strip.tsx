import { Link } from "wouter";
import { useLive, type Sample } from "../live.tsx";
import { count, deadLetters, milliseconds } from "../parts/text.ts";
import { streamPath } from "../routes.ts";

/** The four numbers that say whether the stack is well. */
export function Strip() {
  const { reading, samples } = useLive();
  const queues = reading?.queues;
  const sum = (of: (queue: NonNullable<typeof queues>[number]) => number) => (queues ?? []).reduce((all, queue) => all + of(queue), 0);
  const [waiting, dead] = [sum(queue => queue.waiting + queue.delayed), sum(queue => queue.dead)];
  const stuck = (reading?.models ?? []).filter(model => model.lagMs > 10_000 && model.oldest);
  return (
    <div className="strip">
      <section className="panel lag">
        <h2>Lag of the slowest read model</h2><b>{reading?.models ? milliseconds(Math.max(0, ...reading.models.map(model => model.lagMs))) : "—"}</b>
        <span className="tiny hush">{reading?.models ? `${reading.models.length} read models` : "Unknown"}</span>
        <Spark samples={samples.slice(-120)} />
      </section>
      <section className="panel"><h2>Decided commands</h2><b>{reading?.commands ? `${reading.commands.perSecond.toFixed(1)}/s` : "—"}</b>
        <span className="tiny hush">{reading?.commands ? `${reading.commands.refusedPerSecond.toFixed(1)}/s refused` : "Unknown"}</span></section>
      <section className="panel"><h2>Waiting messages</h2><b>{queues ? count(waiting) : "—"}</b>
        <span className="tiny hush">{queues ? `${count(sum(queue => queue.inFlight))} in flight` : "Unknown"}</span></section>
      <section className="panel"><h2>Stuck streams</h2><b>{reading?.models ? count(stuck.length) : "—"}</b>
        <span className="tiny hush">{stuck[0] ? <Link href={streamPath(stuck[0].oldest!)}>{stuck[0].name} waits for this stream</Link> : dead > 0 ? <Link href="/deadletters">{deadLetters(dead)}</Link> : "No dead letters"}</span></section>
    </div>
  );
}

function Spark({ samples }: { samples: Sample[] }) {
  if (samples.length < 2) return <svg viewBox="0 0 300 74" aria-hidden="true" />;
  const values = samples.map(sample => Math.max(0, ...Object.values(sample.lags)));
  const most = Math.max(100, ...values);
  const points = values.map((value, i) => `${(i / (values.length - 1) * 300).toFixed(1)} ${(70 - value / most * 62).toFixed(1)}`);
  return (
    <svg viewBox="0 0 300 74" preserveAspectRatio="none" role="img" aria-label={`Lag over the last two minutes, at most ${Math.round(most)} milliseconds`}>
      <path className="rule" d="M0 70H300" /><path className="area" d={`M0 70L${points.join("L")}L300 70z`} /><path className="spark" vectorEffect="non-scaling-stroke" d={`M${points.join("L")}`} />
    </svg>
  );
}

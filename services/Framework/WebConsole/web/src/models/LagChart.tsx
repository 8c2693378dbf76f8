import { useLive } from "../live.tsx";
import { milliseconds } from "../parts/text.ts";

const [left, right, top, bottom] = [46, 450, 14, 218];

/** The line that a read model has in every drawing. */
function useLine(model: string): number {
  const { about } = useLive();
  return Math.max(0, about.readModels.indexOf(model)) % 6 + 1;
}

export function Key({ model }: { model: string }) {
  return <svg className="key" viewBox="0 0 22 10" aria-hidden="true"><path className={`line-${useLine(model)}`} d="M0 5H22" /></svg>;
}

/** Lag of each read model while this page was open, ten minutes at most. */
export function LagChart() {
  const { about, samples } = useLive();
  const seen = about.readModels.filter(model => samples.some(sample => sample.lags[model] !== undefined));
  const most = nice(Math.max(100, ...samples.flatMap(sample => Object.values(sample.lags))));
  const y = (value: number) => bottom - value / most * (bottom - top);
  const x = (i: number) => left + (samples.length < 2 ? 0 : i / (samples.length - 1) * (right - left));
  const ends = spread(seen.map(model => ({ model, value: samples.findLast(sample => sample.lags[model] !== undefined)!.lags[model]! })).map(one => ({ ...one, y: y(one.value) })));
  const minutes = samples.length > 1 ? (samples.at(-1)!.at - samples[0]!.at) / 60_000 : 0;
  return (
    <section className="panel" aria-labelledby="lag-h">
      <header className="row apart"><h2 id="lag-h">Lag</h2><span className="tiny hush">Since this page was opened</span></header>
      {seen.length === 0 ? <p className="hush">Waiting for the first reading…</p> : (
        <svg className="lines" viewBox="0 0 600 250" role="img" aria-label={`Lag: ${ends.map(end => `${end.model} ${milliseconds(end.value)}`).join(", ")}`}>
          {[0, .25, .5, .75, 1].map(part => <g key={part}><path className="rule" d={`M${left} ${y(part * most)}H${right}`} /><text className="axis" x={left - 6} y={y(part * most) + 4} textAnchor="end">{milliseconds(part * most)}</text></g>)}
          {seen.map(model => <Line key={model} model={model} d={path(samples.map(sample => sample.lags[model]), x, y)} />)}
          {ends.map(end => <text key={end.model} className="end" x={right + 6} y={end.y + 4}><tspan className="wide">{end.model} </tspan>{milliseconds(end.value)}</text>)}
          <text className="axis" x={left} y="242">{minutes < 1 ? "a moment ago" : `${Math.round(minutes)} min ago`}</text><text className="axis" x={right} y="242" textAnchor="end">now</text>
        </svg>
      )}
    </section>
  );
}

function Line({ model, d }: { model: string; d: string }) {
  return <path className={`line-${useLine(model)}`} d={d} />;
}

function path(values: (number | undefined)[], x: (i: number) => number, y: (value: number) => number): string {
  let pen = "M";
  return values.map((value, i) => {
    if (value === undefined) { pen = "M"; return ""; }
    const point = `${pen}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = "L";
    return point;
  }).join("");
}

/** Keeps names from lying on one another. */
function spread<T extends { y: number }>(ends: T[]): T[] {
  const sorted = ends.toSorted((a, b) => b.y - a.y);
  let free = bottom + 4;
  return sorted.map(end => {
    const place = Math.min(end.y, free);
    free = place - 14;
    return { ...end, y: place };
  });
}

const nice = (value: number) => {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 10].map(step => step * power).find(step => step >= value)!;
};

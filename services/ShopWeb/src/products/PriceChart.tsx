import { useEffect, useRef } from "react";
import uPlot from "uplot";
import { atClock, atExactClock, onShortDay } from "../parts/dates.ts";
import { money } from "../parts/money.ts";

type Props = { times: number[]; amounts: number[]; currency: string };

const height = 150;

/** Prices over time as steps: a price holds until the next one. The newest is drawn in the colour of what everybody sees. */
export default function PriceChart({ times, amounts, currency }: Props) {
  const host = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const box = host.current!;
    const dark = matchMedia("(prefers-color-scheme: dark)");
    let chart: uPlot;
    const draw = () => {
      chart?.destroy();
      chart = new uPlot(optionsOf(box, currency, times), [times, amounts], box);
    };
    draw();
    const resizing = new ResizeObserver(() => chart.setSize({ width: box.clientWidth, height }));
    resizing.observe(box);
    dark.addEventListener("change", draw);
    return () => {
      resizing.disconnect();
      dark.removeEventListener("change", draw);
      chart.destroy();
    };
  }, [times, amounts, currency]);

  return <div className="chart" ref={host} aria-hidden="true" />;
}

function optionsOf(box: HTMLElement, currency: string, times: number[]): uPlot.Options {
  // A canvas does not know var(): the colours are read from elements that use them.
  const color = (name: string) => {
    box.style.color = `var(${name})`;
    const computed = getComputedStyle(box).color;
    box.style.color = "";
    return computed;
  };
  const [ink, hush, line, surface, settled] = ["--ink", "--ink-2", "--line", "--surface", "--settled"].map(color) as [string, string, string, string, string];
  const font = `12px ${getComputedStyle(box).fontFamily}`;
  const last = times.length - 1;
  return {
    width: box.clientWidth,
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [10, 12, 0, 0],
    scales: { y: { range: (_, low, high) => padded(low, high) } },
    axes: [
      { stroke: hush, font, grid: { show: false }, ticks: { show: false }, size: 24, space: 80, values: (_, splits) => labels(splits) },
      { stroke: hush, font, grid: { stroke: line, width: 1 }, ticks: { show: false }, size: 58, space: 34, values: (_, splits) => splits.map(amount => money(amount, currency).replace(/\.00$/, "")) },
    ],
    series: [
      {},
      {
        stroke: ink,
        width: 2,
        paths: uPlot.paths.stepped!({ align: 1 }),
        points: { show: true, size: 7, stroke: ink, fill: surface, filter: (_, __, show) => (show ? times.map((___, i) => i).filter(i => i < last) : []) },
      },
    ],
    hooks: {
      draw: [
        chart => {
          const [x, y] = [chart.valToPos(times[last]!, "x", true), chart.valToPos(chart.data[1]![last]!, "y", true)];
          const radius = 5 * devicePixelRatio;
          chart.ctx.beginPath();
          chart.ctx.arc(x, y, radius, 0, 2 * Math.PI);
          chart.ctx.fillStyle = settled;
          chart.ctx.fill();
          chart.ctx.lineWidth = 2 * devicePixelRatio;
          chart.ctx.strokeStyle = surface;
          chart.ctx.stroke();
        },
      ],
    },
  };
}

/** Some air above and below, also where the price never changed. */
function padded(low: number, high: number): [number, number] {
  const air = Math.max((high - low) * 0.2, high * 0.1, 0.5);
  return [Math.max(0, low - air), high + air];
}

/** Days; within one day, times; within some minutes, with seconds. */
function labels(splits: number[]): string[] {
  const range = splits.length > 0 ? splits.at(-1)! - splits[0]! : 0;
  const label = range >= 86_400 ? onShortDay : range >= 600 ? atClock : atExactClock;
  return splits.map(at => label(new Date(at * 1000).toISOString()));
}

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, read } from "../api/client.ts";
import { ApiError, offline } from "../api/problem.ts";
import type { PriceHistory, Product } from "../api/types.ts";
import { when } from "../parts/dates.ts";
import { money } from "../parts/money.ts";
import { retries } from "../parts/retries.ts";

/** The chart's code comes after the page. Without a connection it is tried again, like a read. */
const loadChart = () =>
  import("./PriceChart.tsx").then(
    chart => chart.default,
    () => {
      throw new ApiError(offline);
    },
  );

/** The product's prices as a chart, and as a list for everybody who cannot see it. */
export function Prices({ product }: { product: Product }) {
  const { id, pricing } = product;
  const { data } = useQuery({ queryKey: ["prices", id], queryFn: () => read<PriceHistory>(api.GET("/products/{id}/prices", { params: { path: { id } } })), ...retries });
  const { data: PriceChart } = useQuery({ queryKey: ["price-chart"], queryFn: loadChart, staleTime: Number.POSITIVE_INFINITY, ...retries });
  const points = useMemo(() => withCurrent(data?.body.points ?? [], pricing.currentPrice, product.updatedAt), [data, pricing.currentPrice, product.updatedAt]);
  const drawn = useMemo(() => drawable(points), [points]);
  if (points.length === 0) return <figure className="chartbox early" aria-hidden="true" />;
  const lowest = Math.min(...points.map(({ amount }) => amount));
  const current = money(pricing.currentPrice, pricing.currency);
  return (
    <figure className="chartbox stack">
      {PriceChart ? <PriceChart {...drawn} currency={pricing.currency} /> : <div className="chart" />}
      <figcaption className="tiny hush">
        {points.length === 1
          ? `${current} since ${lower(when(points[0]!.at))}. No change yet.`
          : `${points.length} prices since ${lower(when(points[0]!.at))}. ${pricing.currentPrice <= lowest ? `${current} is the lowest.` : `The lowest was ${money(lowest, pricing.currency)}.`}`}
        {points.length > 1 && (
          <details className="all-prices">
            <summary>See all prices</summary>
            <ol>
              {points.toReversed().map(({ at, amount }) => (
                <li key={at}>
                  <span>{when(at)}</span> <b>{money(amount, pricing.currency)}</b>
                </li>
              ))}
            </ol>
          </details>
        )}
      </figcaption>
    </figure>
  );
}

const lower = (text: string) => text.replace("Today", "today");

type Point = { at: string; amount: number };

/** The history may be a minute old: the price that the product has now ends it. */
function withCurrent(points: Point[], amount: number, at: string): Point[] {
  return points.length === 0 || points.at(-1)!.amount === amount ? points : [...points, { at, amount }];
}

/** The last price holds until now. */
function drawable(points: Point[]) {
  const now = Date.now() / 1000;
  const times = points.map(({ at }) => Date.parse(at) / 1000);
  return { times: [...times, Math.max(now, (times.at(-1) ?? now) + 1)], amounts: [...points.map(({ amount }) => amount), points.at(-1)?.amount ?? 0] };
}

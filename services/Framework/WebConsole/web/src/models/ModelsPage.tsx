import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post } from "../api.ts";
import { useLive } from "../live.tsx";
import { Failure } from "../parts/Failure.tsx";
import { useTitle } from "../parts/useTitle.ts";
import type { ModelList } from "../types.ts";
import { LagChart } from "./LagChart.tsx";
import { ModelTable } from "./ModelTable.tsx";
import { RoutePanel } from "./RoutePanel.tsx";
import { BuildPanel, ComparePanel } from "./Jobs.tsx";

/** Asks the backend to do something to the read models. */
export type Run = (path: string, body?: unknown) => void;

export function ModelsPage() {
  useTitle("Read models");
  const queries = useQueryClient();
  const { reading } = useLive();
  const list = useQuery({
    queryKey: ["models"],
    queryFn: ({ signal }) => get<ModelList>("/readmodels/", signal),
    refetchInterval: query => query.state.data?.jobs.some(job => job.isRunning) ? 1000 : 10_000,
  });
  const order = useMutation({ mutationFn: ({ path, body }: { path: string; body?: unknown }) => post(`/readmodels/${path}`, body), onSettled: () => queries.invalidateQueries({ queryKey: ["models"] }) });
  const run: Run = (path, body) => order.mutate({ path, body });
  const versions = list.data?.versions ?? [];
  const jobs = list.data?.jobs ?? [];
  const names = [...Map.groupBy(versions, version => version.name)].filter(([, all]) => all.length > 1);
  return (
    <>
      <div className="row apart"><h1>Read models</h1><span className="hush">Lag: how long an event in the log waits to be shown.</span></div>
      {list.error && <Failure error={list.error} retry={() => void list.refetch()} />}
      {order.error && <Failure error={order.error} />}
      <div className="even">
        <ModelTable versions={versions} jobs={jobs} lags={reading?.models} loading={list.isLoading} />
        <LagChart />
      </div>
      {names.map(([name, all]) => <RoutePanel key={name} name={name} versions={all} run={run} busy={order.isPending} jobs={jobs} />)}
      <div className="even">
        {names.flatMap(([, all]) => all.filter(version => !version.isFirst)).map(version => <BuildPanel key={version.model} version={version} job={jobs.find(job => job.kind === "build" && job.model === version.model)} run={run} />)}
        {versions.length > 0 && <ComparePanel versions={versions} jobs={jobs} run={run} />}
      </div>
    </>
  );
}

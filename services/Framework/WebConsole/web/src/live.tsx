import { useQuery } from "@tanstack/react-query";
import { createContext, use, useEffect, useRef, useState, type ReactNode } from "react";
import { Failed, follow, get } from "./api.ts";
import type { About, Reading } from "./types.ts";

/** Samples that are kept for charts: ten minutes. */
const kept = 600;

export interface Sample { at: number; lags: Record<string, number> }
export interface Live {
  about: About;
  reading?: Reading;
  samples: Sample[];
  /** Null while connected; else why not. */
  down: string | null;
  paused: boolean;
  pause: (on: boolean) => void;
  /** The operator's command line for this stack. */
  command: (verb: string) => string;
}

const Context = createContext<Live | null>(null);

export const useLive = () => use(Context)!;

export function LiveProvider({ children, failed }: { children: ReactNode; failed: (error: Error) => ReactNode }) {
  const about = useQuery({ queryKey: ["about"], queryFn: ({ signal }) => get<About>("/about", signal), retry: (_, e) => !(e instanceof Failed && e.status === 401), retryDelay: 1000 });
  const [reading, setReading] = useState<Reading>();
  const [down, setDown] = useState<string | null>(null);
  const [paused, pause] = useState(false);
  const samples = useRef<Sample[]>([]);

  useEffect(() => {
    if (paused || !about.data) return;
    const end = new AbortController();
    void (async () => {
      while (!end.signal.aborted) {
        try {
          await follow<Reading>("/flow", value => {
            samples.current = [...samples.current.slice(1 - kept), sampleOf(value)];
            setReading(value);
            setDown(null);
          }, end.signal);
        } catch (e) {
          if (!end.signal.aborted) setDown(e instanceof Error ? e.message : String(e));
        }
        await new Promise(resolve => setTimeout(resolve, 1000));
      }
    })();
    return () => end.abort();
  }, [paused, about.data]);

  if (about.error) return failed(about.error);
  if (!about.data) return null;
  const data = about.data;
  return <Context value={{ about: data, reading, samples: samples.current, down, paused, pause, command: verb => data.command.replace("{0}", ` ${verb}`) }}>{children}</Context>;
}

function sampleOf(reading: Reading): Sample {
  return {
    at: Date.parse(reading.at),
    lags: Object.fromEntries((reading.models ?? []).map(model => [model.name, model.lagMs])),
  };
}

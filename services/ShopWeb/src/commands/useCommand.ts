import { useEffect, useRef, useState } from "react";
import { commandStatus } from "../api/client.ts";
import { type Attempt, type CommandHeaders, decide } from "./decide.ts";
import { untilEverywhere } from "./everywhere.ts";
import { lay } from "./overlays.ts";
import { pause } from "./pause.ts";
import { idle, isBusy, type Progress } from "./progress.ts";

export type Command<Body, Document> = {
  /** The stream that the command changes. */
  stream: string;
  send: (body: Body, headers: CommandHeaders) => ReturnType<Attempt>;
  /** The document as it will be. Shown at once, taken back if the shop refuses. */
  show?: (document: Document, body: Body) => Document;
  /** Reads your own write, at this version or later. */
  reread?: (version: number) => Promise<unknown>;
  /** What a plain read shows, as everybody gets it; without it, accepted is everywhere. */
  plainVersion?: () => Promise<number>;
};

const shownFor = 4_000;

/** Runs a command the way this shop lives with eventual consistency: optimistic, updating, everywhere, or rolled back. */
export function useCommand<Body, Document = never>(command: Command<Body, Document>) {
  const [progress, setProgress] = useState<Progress>(idle);
  const latest = useRef(progress);
  const retryNow = useRef(new AbortController());
  const move = (next: Progress) => setProgress((latest.current = next));

  useEffect(() => {
    if (progress.state !== "everywhere") return;
    const timer = setTimeout(() => move(idle), shownFor);
    return () => clearTimeout(timer);
  }, [progress]);

  /** True once the shop accepted it. A second call while one is on its way does nothing. */
  async function run(body: Body, ifMatch?: string): Promise<boolean> {
    if (isBusy(latest.current)) return false;
    move({ state: "optimistic" });
    const takeBack = lay(command.stream, (document: Document) => command.show?.(document, body) ?? document);
    try {
      const decision = await decide(headers => command.send(body, headers), {
        key: crypto.randomUUID(),
        ifMatch,
        statusOf: commandStatus,
        pause: async (seconds, reason) => {
          retryNow.current = new AbortController();
          if (reason !== "pending") move({ state: "offline", seconds, reason });
          await pause(seconds, retryNow.current.signal);
          if (reason !== "pending") move({ state: "optimistic" });
        },
      });
      if (!decision.accepted) return move({ state: "refused", problem: decision.problem }), false;
      const { version, unchanged } = decision;
      move({ state: "updating", version });
      void finish(version, unchanged, takeBack);
      return true;
    } finally {
      if (latest.current.state !== "updating") takeBack();
    }
  }

  async function finish(version: number, unchanged: boolean, takeBack: () => void) {
    await command.reread?.(version).catch(() => undefined);
    takeBack();
    const isEverywhere = !command.plainVersion || (await untilEverywhere(version, command.plainVersion));
    move(isEverywhere ? { state: "everywhere", version, unchanged } : idle);
  }

  return { progress, run, reset: () => move(idle), retryNow: () => retryNow.current.abort() };
}

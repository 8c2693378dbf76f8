import { type Problem, textOf } from "../api/problem.ts";

/** How far a change has come: shown here, accepted, everywhere; or refused, or waiting for a connection. */
export type Progress =
  | { state: "idle" }
  | { state: "optimistic" }
  | { state: "updating"; version: number }
  | { state: "everywhere"; version: number; unchanged: boolean }
  | { state: "refused"; problem: Problem }
  | { state: "offline"; seconds: number; reason: "network" | "busy" };

export const idle: Progress = { state: "idle" };

/** While it is on its way, a second change of the same thing waits. */
export const isBusy = ({ state }: Progress) => state === "optimistic" || state === "updating" || state === "offline";

/** The sentence that tells the state, so that nobody needs to see its colour. */
export function sentence(progress: Progress): string {
  switch (progress.state) {
    case "idle":
      return "";
    case "optimistic":
      return "Shown to you. Sending…";
    case "updating":
      return `Updating… Accepted as version ${progress.version}.`;
    case "everywhere":
      return progress.unchanged ? "Nothing to change. It is like this already." : `Updated everywhere. Version ${progress.version}.`;
    case "refused":
      return textOf(progress.problem);
    case "offline":
      return progress.reason === "network"
        ? `You are offline. Trying again in ${progress.seconds} s.`
        : `The shop is busy. Trying again in ${progress.seconds} s.`;
  }
}

import type { Command, StreamEvent, Timeline } from "../types.ts";

export interface Point { event: StreamEvent; command: Command }

/** Every version of the stream that the timeline has, in order. */
export const pointsOf = (timeline: Timeline): Point[] =>
  timeline.commands.flatMap(command => command.events.map(event => ({ event, command }))).sort((a, b) => a.event.version - b.event.version);

/** What was asked for and changed nothing. */
export const idleOf = (timeline: Timeline): Command[] => timeline.commands.filter(command => command.status !== "applied");

/** The version that the stream had at a time; 0 before the first. */
export const versionAt = (points: Point[], at: number): number => points.findLast(point => Date.parse(point.command.decidedAt) <= at)?.event.version ?? 0;

import { pause } from "./pause.ts";

/**
 * Returns once a plain read shows the version, which is when everybody sees the change. Gives up after about a minute:
 * the change is safe in the log, but this page cannot say that all have it.
 */
export async function untilEverywhere(version: number, plainVersion: () => Promise<number>): Promise<boolean> {
  for (let waited = 0, seconds = 0.2; waited < 60; waited += seconds, seconds = Math.min(seconds * 1.5, 3)) {
    if ((await plainVersion().catch(() => 0)) >= version) return true;
    await pause(seconds);
  }
  return false;
}

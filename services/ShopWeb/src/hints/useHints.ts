import { useEffect, useRef, useSyncExternalStore } from "react";
import type { Connection, Hear } from "./HintSource.ts";
import { hints } from "./hints.ts";

/** Hears about these streams while the component is on the page. */
export function useHints(streams: readonly string[], hear: Hear) {
  const current = useRef(hear);
  current.current = hear;
  const key = streams.join(" ");
  useEffect(() => (key ? hints.watch(key.split(" "), hint => current.current(hint)) : undefined), [key]);
}

export const useConnection = (): Connection => useSyncExternalStore(hints.onConnection, () => hints.connection());

import type { HintSource } from "./HintSource.ts";
import { PollingHints } from "./PollingHints.ts";

/** The one source of this page. Replace it here to listen to a socket. */
export const hints: HintSource = new PollingHints(
  {
    isVisible: () => document.visibilityState === "visible",
    isOnline: () => navigator.onLine,
    onChange: listener => {
      document.addEventListener("visibilitychange", listener);
      addEventListener("online", listener);
      addEventListener("offline", listener);
      addEventListener("focus", listener);
    },
  },
  { set: (run, ms) => setTimeout(run, ms), clear: timer => clearTimeout(timer) },
);

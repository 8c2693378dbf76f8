import { onSession, token } from "../session/session.ts";
import { SocketHints } from "./SocketHints.ts";

/** The one source of hints of this page. */
export const hints = new SocketHints(
  () => new WebSocket(`${location.origin.replace(/^http/, "ws")}/live`),
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
  { token, isPrivate: stream => stream.startsWith("order-") },
);

onSession(() => hints.renew());

import { useState } from "react";
import { useLocation } from "wouter";
import { api } from "../api/client.ts";
import type { Product } from "../api/types.ts";
import { Says } from "../commands/ChangeState.tsx";
import { useCommand } from "../commands/useCommand.ts";
import { signInPath } from "../routes.ts";
import { useSession } from "../session/useSession.ts";

const Bell = () => (
  <svg width="18" height="18" viewBox="0 0 18 18" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
    <path d="M4 7.5a5 5 0 0 1 10 0c0 4 1.5 5 1.5 5h-13S4 11.5 4 7.5ZM7 15a2 2 0 0 0 4 0" />
  </svg>
);

/** Watches a price: a mail comes each time it falls. The API tells nobody who watches what, so this device remembers it. */
export function WatchButton({ product }: { product: Product }) {
  const session = useSession();
  const [path, go] = useLocation();
  const key = `shop.watch.${session?.id}.${product.id}`;
  const [isWatched, setIsWatched] = useState(() => localStorage.getItem(key) !== null);
  const watching = useCommand<boolean>({
    stream: `watch-${product.id}-${session?.id}`,
    send: (watch, header) => {
      const request = { params: { path: { id: product.id }, header } };
      return watch ? api.PUT("/products/{id}/watch", request) : api.DELETE("/products/{id}/watch", request);
    },
  });

  async function toggle() {
    if (!session) return go(signInPath(path));
    const watch = !isWatched;
    setIsWatched(watch);
    if (!(await watching.run(watch))) return setIsWatched(!watch);
    if (watch) localStorage.setItem(key, "");
    else localStorage.removeItem(key);
  }

  return (
    <div className="row" data-state={watching.progress.state}>
      <button type="button" className="button quiet" aria-pressed={isWatched} onClick={() => void toggle()}>
        <Bell />
        {isWatched ? "Watching the price" : "Watch the price"}
      </button>
      <div className="tiny">
        <Says
          progress={watching.progress.state === "everywhere" ? { state: "idle" } : watching.progress}
          resting={isWatched ? "We mail you each time it falls." : "Get a mail each time it falls."}
          onRetry={watching.retryNow}
        />
      </div>
    </div>
  );
}

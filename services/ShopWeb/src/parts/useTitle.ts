import { useEffect } from "react";

/** Names the page for tabs, history and screen readers. */
export function useTitle(title: string | undefined) {
  useEffect(() => {
    document.title = title ? `${title} · ServerlessCqrs shop` : "ServerlessCqrs shop";
  }, [title]);
}

import { useEffect } from "react";
import { useLive } from "../live.tsx";

export function useTitle(page: string) {
  const { about } = useLive();
  useEffect(() => {
    document.title = `${page} · ${about.stack} · console`;
  }, [page, about.stack]);
}

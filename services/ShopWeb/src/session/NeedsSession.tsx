import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { Empty } from "../parts/Empty.tsx";
import { signInPath } from "../routes.ts";
import { useSession } from "./useSession.ts";

/** Shows its content to whoever is signed in, and the way there to everybody else. */
export function NeedsSession({ why, children }: { why: string; children: ReactNode }) {
  const session = useSession();
  const [path] = useLocation();
  if (session) return children;
  return (
    <Empty title={`Sign in ${why}`} text="You come back to this page.">
      <Link href={signInPath(path)} className="button low">
        Sign in
      </Link>
    </Empty>
  );
}

import { useEffect, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { Empty } from "../parts/Empty.tsx";
import { useTitle } from "../parts/useTitle.ts";
import { signInPath } from "../routes.ts";
import { completeSignIn } from "../session/session.ts";

/** The way back from the identity provider. The code in the address is used up at once, and leaves the history. */
export function SignedInPage() {
  useTitle("Signing in");
  const [, go] = useLocation();
  const [failed, setFailed] = useState(false);
  const isStarted = useRef(false);
  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    completeSignIn().then(
      path => go(path, { replace: true }),
      () => {
        history.replaceState(null, "", location.pathname);
        setFailed(true);
      },
    );
  }, [go]);
  return failed ? (
    <Empty title="You are not signed in" text="The sign-in was cancelled, or it took too long.">
      <Link href={signInPath("/")} className="button quiet low">
        Sign in again
      </Link>
    </Empty>
  ) : (
    <p role="status" className="hush">
      Signing you in…
    </p>
  );
}

import { useEffect, useState } from "react";
import { useSearchParams } from "wouter";
import { Empty } from "../parts/Empty.tsx";
import { useTitle } from "../parts/useTitle.ts";
import { signIn } from "../session/session.ts";

/** Leaves for the identity provider. The token comes back to this tab only. */
export function SignInPage() {
  useTitle("Sign in");
  const [parameters] = useSearchParams();
  const [failed, setFailed] = useState(false);
  const to = parameters.get("to") ?? "/";
  const leave = () => signIn(to).catch(() => setFailed(true));
  useEffect(() => void leave(), []);
  return failed ? (
    <Empty title="You cannot sign in right now" text="The sign-in service does not answer. You can still look around.">
      <button type="button" className="button quiet low" onClick={() => void leave()}>
        Try again
      </button>
    </Empty>
  ) : (
    <p role="status" className="hush">
      Going to the sign-in page…
    </p>
  );
}

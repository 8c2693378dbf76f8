import type { ReactNode } from "react";
import { Empty } from "../parts/Empty.tsx";
import { NeedsSession } from "./NeedsSession.tsx";
import { signOut } from "./session.ts";
import { useSession } from "./useSession.ts";

/** Shows its content to sellers. The shop itself refuses what others try. */
export function NeedsSeller({ children }: { children: (seller: string) => ReactNode }) {
  const session = useSession();
  return (
    <NeedsSession why="as a seller">
      {session?.role === "seller" ? (
        children(session.id)
      ) : (
        <Empty title="The desk is for sellers" text={`You are signed in as ${session?.name}, who buys here.`}>
          <button type="button" className="button quiet low" onClick={() => void signOut()}>
            Sign out
          </button>
        </Empty>
      )}
    </NeedsSession>
  );
}

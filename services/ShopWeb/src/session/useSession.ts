import { useSyncExternalStore } from "react";
import { currentSession, onSession, type Session } from "./session.ts";

export const useSession = (): Session | undefined => useSyncExternalStore(onSession, currentSession);

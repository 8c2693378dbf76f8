import { UserManager, WebStorageStateStore } from "oidc-client-ts";
import { loadConfig } from "../config.ts";

/** Who is signed in. The token lives in this tab's session storage, never in a URL. */
export type Session = {
  id: string;
  name: string;
  role: "customer" | "seller" | "operator";
  token: string;
  expiresAt: number;
};

const storage = new WebStorageStateStore({ store: sessionStorage });
const listeners = new Set<() => void>();
let manager: Promise<UserManager> | undefined;
let session: Session | undefined;

/** Signing in with code and PKCE, at Cognito or at the local identity provider. */
const managing = () =>
  (manager ??= loadConfig().then(({ issuer, clientId }) => {
    const created = new UserManager({
      authority: issuer,
      client_id: clientId,
      redirect_uri: `${location.origin}/shop/signed-in`,
      scope: "openid email",
      userStore: storage,
      stateStore: storage,
      automaticSilentRenew: false,
    });
    // Only with a refresh token: a hidden frame would have nothing to say to the CSP.
    created.events.addAccessTokenExpiring(() => void renew(created));
    created.events.addAccessTokenExpired(() => void created.removeUser());
    created.events.addUserLoaded(user => set(sessionOf(user)));
    created.events.addUserUnloaded(() => set(undefined));
    return created;
  }));

export const token = () => session?.token;

export const currentSession = () => session;

export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Finds the session of this tab again, after a reload. */
export async function restore() {
  const user = await (await managing()).getUser();
  if (user && !user.expired) set(sessionOf(user));
}

/** Leaves for the sign-in page, and comes back to this path. */
export const signIn = async (returnTo: string) => (await managing()).signinRedirect({ state: returnTo });

/** Ends the way back: trades the code for a token. Returns the path that the user came from. */
export async function completeSignIn(): Promise<string> {
  const user = await (await managing()).signinRedirectCallback();
  set(sessionOf(user));
  return typeof user.state === "string" && user.state.startsWith("/") && !user.state.startsWith("//") ? user.state : "/";
}

/** Forgets the tokens here, and at Cognito too, where there is a session of its own. */
export async function signOut() {
  const oidc = await managing();
  await oidc.removeUser();
  const end = await oidc.metadataService.getEndSessionEndpoint();
  if (end) location.assign(`${end}?${new URLSearchParams({ client_id: oidc.settings.client_id, logout_uri: `${location.origin}/` })}`);
}

type User = { access_token: string; expires_at?: number; profile: Record<string, unknown> & { sub: string } };

function sessionOf({ access_token, expires_at, profile }: User): Session {
  const groups = (profile["cognito:groups"] as string[] | undefined) ?? [];
  const role = (["operator", "seller"] as const).find(group => groups.includes(group)) ?? "customer";
  return { id: profile.sub, name: (profile.email as string | undefined) ?? profile.sub, role, token: access_token, expiresAt: expires_at ?? 0 };
}

function set(next: Session | undefined) {
  session = next;
  for (const listener of listeners) listener();
}

async function renew(oidc: UserManager) {
  const user = await oidc.getUser();
  if (user?.refresh_token) await oidc.signinSilent().catch(() => undefined);
}

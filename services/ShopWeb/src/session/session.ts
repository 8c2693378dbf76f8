import { OidcClient, type SigninResponse, WebStorageStateStore } from "oidc-client-ts";
import { loadConfig } from "../config.ts";

/** Who is signed in. It lives in this tab's session storage; no token ever stands in an address or a log. */
export type Session = {
  id: string;
  name: string;
  role: "customer" | "seller" | "operator";
  token: string;
  /** In seconds since 1970. */
  expiresAt: number;
  refresh?: { token: string; profile: SigninResponse["profile"] };
};

const key = "shop.session";
/** A token is renewed, or forgotten, so many seconds before it ends. */
const margin = 60;
const listeners = new Set<() => void>();
let session: Session | undefined;
let ending: ReturnType<typeof setTimeout> | undefined;
let client: Promise<OidcClient> | undefined;

/** Code and PKCE, at Cognito or at the local identity provider. */
const oidc = () =>
  (client ??= loadConfig().then(
    ({ issuer, clientId }) =>
      new OidcClient({
        authority: issuer,
        client_id: clientId,
        redirect_uri: `${location.origin}/shop/signed-in`,
        scope: "openid email",
        stateStore: new WebStorageStateStore({ store: sessionStorage }),
      }),
  ));

export const token = () => session?.token;

export const currentSession = () => session;

export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Finds the session of this tab again, after a reload. */
export function restore() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(key) ?? "null") as Session | null;
    if (stored && stored.expiresAt > now()) set(stored);
  } catch {
    sessionStorage.removeItem(key);
  }
}

/** Leaves for the sign-in page, and comes back to this path. */
export async function signIn(returnTo: string) {
  const { url } = await (await oidc()).createSigninRequest({ state: returnTo });
  location.assign(url);
}

/** Ends the way back: trades the code for a token. Returns the path that the user came from. */
export async function completeSignIn(): Promise<string> {
  const answer = await (await oidc()).processSigninResponse(location.href);
  set(sessionOf(answer));
  const to = answer.userState;
  return typeof to === "string" && /^\/(?!\/)/.test(to) ? to : "/";
}

/** Forgets the tokens here, and at Cognito too, which keeps a session of its own. */
export async function signOut() {
  set(undefined);
  const { metadataService, settings } = await oidc();
  const end = await metadataService.getEndSessionEndpoint();
  if (end) location.assign(`${end}?${new URLSearchParams({ client_id: settings.client_id, logout_uri: `${location.origin}/` })}`);
}

function sessionOf({ access_token, expires_at, refresh_token, profile }: SigninResponse): Session {
  const groups = (profile["cognito:groups"] as string[] | undefined) ?? [];
  const role = (["operator", "seller"] as const).find(group => groups.includes(group)) ?? "customer";
  const refresh = refresh_token ? { token: refresh_token, profile } : undefined;
  return { id: profile.sub, name: profile.email ?? profile.sub, role, token: access_token, expiresAt: expires_at ?? now() + 300, refresh };
}

function set(next: Session | undefined) {
  session = next;
  clearTimeout(ending);
  if (next) {
    sessionStorage.setItem(key, JSON.stringify(next));
    ending = setTimeout(() => void renew(next), Math.max(0, next.expiresAt - margin - now()) * 1000);
  } else sessionStorage.removeItem(key);
  for (const listener of listeners) listener();
}

/** With a refresh token, the session goes on. Else it ends. */
async function renew({ refresh }: Session) {
  if (!refresh) return set(undefined);
  try {
    const answer = await (await oidc()).useRefreshToken({ state: { refresh_token: refresh.token, profile: refresh.profile, session_state: null } });
    set(sessionOf(Object.assign(answer, { refresh_token: answer.refresh_token ?? refresh.token })));
  } catch {
    set(undefined);
  }
}

const now = () => Math.floor(Date.now() / 1000);

import { type FormEvent, useEffect, useState } from "react";
import { Link, useLocation, useSearchParams } from "wouter";
import { useBasket } from "../basket/useBasket.ts";
import { useConnection } from "../hints/useHints.ts";
import { routes, signInPath } from "../routes.ts";
import { signOut } from "../session/session.ts";
import { useSession } from "../session/useSession.ts";
import { Mark } from "./Bead.tsx";

/** The shop's name, search, and the ways to everything else. */
export function TopBar() {
  const session = useSession();
  const [path] = useLocation();
  const pieces = useBasket().reduce((sum, { quantity }) => sum + quantity, 0);
  const isSeller = session?.role === "seller";
  return (
    <header className="bar">
      <div>
        <Link className="mark" href={routes.catalogue}>
          <Mark />
          ServerlessCqrs <span>shop</span>
        </Link>
        <Search />
        <nav aria-label="Main">
          <Way to={routes.catalogue} isHere={path === "/" || path === routes.search}>
            Catalogue
          </Way>
          {!isSeller && (
            <Way to={routes.orders} isHere={path.startsWith(routes.orders)}>
              Your orders
            </Way>
          )}
          {(isSeller || !session) && (
            <Way to={routes.desk} isHere={path.startsWith(routes.desk)}>
              Seller’s desk
            </Way>
          )}
        </nav>
        <div className="end">
          <ConnectionTag />
          {session ? (
            <button type="button" className="button bare low" title={`Signed in as ${session.name}`} onClick={() => void signOut()}>
              Sign out
            </button>
          ) : (
            <Link className="button bare low" href={signInPath(path)}>
              Sign in
            </Link>
          )}
          <Link className="button low" href={routes.basket}>
            Basket {pieces > 0 && <span className="count">{pieces}</span>}
          </Link>
        </div>
      </div>
    </header>
  );
}

const Way = ({ to, isHere, children }: { to: string; isHere: boolean; children: string }) => (
  <Link href={to} aria-current={isHere ? "page" : undefined}>
    {children}
  </Link>
);

function Search() {
  const [parameters] = useSearchParams();
  const [, go] = useLocation();
  const asked = parameters.get("q") ?? "";
  const [text, setText] = useState(asked);
  useEffect(() => setText(asked), [asked]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go(text.trim() ? `${routes.search}?q=${encodeURIComponent(text.trim())}` : routes.catalogue);
  };
  return (
    <form className="search" role="search" onSubmit={submit}>
      <div className="field low">
        <input type="search" name="q" aria-label="Search products" placeholder="Search products" maxLength={250} value={text} onChange={event => setText(event.target.value)} />
      </div>
    </form>
  );
}

const looks = { live: ["settled", "Live"], reconnecting: ["offline", "Reconnecting"], offline: ["offline", "Offline"] } as const;

function ConnectionTag() {
  const [look, text] = looks[useConnection()];
  return (
    <span className={`tag ${look}`} role="status">
      {text}
    </span>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { api, read } from "../api/client.ts";
import type { Order } from "../api/types.ts";
import { LineBones } from "../parts/Bones.tsx";
import { when } from "../parts/dates.ts";
import { Failure } from "../parts/Failure.tsx";
import { money } from "../parts/money.ts";
import { retries } from "../parts/retries.ts";
import { orderPath } from "../routes.ts";
import { useSession } from "../session/useSession.ts";
import { shortId, verdict } from "./steps.ts";

/** The caller's newest orders. */
export function useOrders() {
  const session = useSession();
  return useQuery({
    queryKey: ["orders", session?.id],
    queryFn: () => read<{ items: Order[] }>(api.GET("/users/me/orders", { params: { query: { limit: "20" } } })),
    enabled: session !== undefined,
    staleTime: 2_000,
    ...retries,
  });
}

/** The caller's orders as a menu. */
export function OrderList({ current }: { current?: string }) {
  const query = useOrders();
  if (query.isError && !query.data) return <Failure what="The list of your orders" error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <LineBones what="your orders" />;
  return (
    <nav className="mine" aria-label="Your orders">
      {query.data.body.items.map(order => {
        const { tag, look } = verdict(order);
        return (
          <Link href={orderPath(order.id)} key={order.id} aria-current={order.id === current ? "page" : undefined}>
            <span className="row apart">
              <b>{shortId(order.id)}</b>
              <span className={`tag ${look}`}>{tag}</span>
            </span>
            <span className="hush">
              {when(order.createdAt)}
              {order.total !== undefined && order.currency && `. ${money(order.total, order.currency)}`}
            </span>
          </Link>
        );
      })}
    </nav>
  );
}

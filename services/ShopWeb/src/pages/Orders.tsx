import { Link } from "wouter";
import { OrderList, useOrders } from "../orders/OrderList.tsx";
import { Empty } from "../parts/Empty.tsx";
import { useTitle } from "../parts/useTitle.ts";
import { routes } from "../routes.ts";
import { NeedsSession } from "../session/NeedsSession.tsx";

/** The caller's orders. */
export function OrdersPage() {
  useTitle("Your orders");
  return (
    <NeedsSession why="to see your orders">
      <Orders />
    </NeedsSession>
  );
}

function Orders() {
  const { data } = useOrders();
  if (data?.body.items.length === 0)
    return (
      <Empty title="You have no orders yet" text="Your orders appear here, with every step.">
        <Link href={routes.catalogue} className="button quiet low">
          Show all products
        </Link>
      </Empty>
    );
  return (
    <>
      <h1 className="heading">Your orders</h1>
      <div className="order-index">
        <OrderList />
      </div>
    </>
  );
}

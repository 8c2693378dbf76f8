import type { Order, OrderItem } from "../api/types.ts";
import { later } from "../parts/dates.ts";
import { money } from "../parts/money.ts";

/** done, under way, still to come, declined, given back, never reached, or the end without a sale. */
export type Kind = "done" | "now" | "later" | "no" | "back" | "never" | "end";

export type Step = { kind: Kind; title: string; when?: string; at?: string; text?: string; event?: string };

/** An order as the steps of its process, in the words of a customer. */
export function stepsOf(order: Order, nameOf: (productId: string) => string): Step[] {
  const pieces = order.items.reduce((sum, { quantity }) => sum + quantity, 0);
  return [
    { kind: "done", title: pieces === 1 ? "You ordered one piece" : `You ordered ${pieces} pieces`, at: order.createdAt, event: "OrderCreated" },
    ...order.items.map(item => reservation(order, item, nameOf(item.productId))),
    ...ending(order),
  ];
}

function reservation(order: Order, item: OrderItem, name: string): Step {
  const title = `Set aside ${item.quantity} × ${name}`;
  const price = item.unitPrice !== undefined && order.currency ? `At ${money(item.unitPrice, order.currency)} each.` : undefined;
  const isOver = order.status === "rejected" || order.status === "cancelled";
  if (item.unitPrice !== undefined) return isOver ? { kind: "back", title, text: "Given back to the stock.", event: "OrderItemReserved" } : { kind: "done", title, text: price, event: "OrderItemReserved" };
  if (order.status === "pending") return { kind: "now", title: `Setting aside ${item.quantity} × ${name}…`, text: "This takes a second." };
  if (!isOver) return { kind: "done", title };
  // The order does not say which of several products declined.
  const declined = order.status === "rejected" && order.items.filter(({ unitPrice }) => unitPrice === undefined).length === 1;
  return declined ? { kind: "no", title, text: "Declined." } : { kind: "never", title, text: "Not set aside." };
}

function ending(order: Order): Step[] {
  const { status, createdAt, updatedAt, total, currency } = order;
  const passed = later(createdAt, updatedAt);
  switch (status) {
    case "pending":
      return [{ kind: "later", title: "Confirm the order" }, { kind: "later", title: "Mail you" }];
    case "held":
      return [{ kind: "now", title: "A person looks at your order", text: order.reason, when: passed, event: "OrderHeld" }, { kind: "later", title: "Confirm the order" }];
    case "confirmed":
      return [
        { kind: "done", title: total !== undefined && currency ? `Confirmed at ${money(total, currency)}` : "Confirmed", when: passed, event: "OrderConfirmed" },
        { kind: "done", title: "Mail on its way to you" },
      ];
    case "rejected":
      return [
        { kind: "never", title: "Confirm the order", when: "not reached", text: "An order is sold whole or not at all." },
        { kind: "end", title: "Order rejected", when: passed, text: order.reason, event: "OrderRejected" },
      ];
    case "cancelled":
      return [{ kind: "end", title: "You cancelled the order", when: passed, text: order.reason, event: "OrderCancelled" }];
  }
}

/** The headline of an order, and what it means for the customer. */
export function verdict({ status, reason }: Order): { title: string; text: string; tag: string; look: string } {
  switch (status) {
    case "pending":
      return { title: "We are setting your products aside", text: "Each product answers by itself. This page follows along.", tag: "In progress", look: "moving" };
    case "held":
      return { title: "A person looks at your order", text: "Your products are set aside meanwhile.", tag: "On hold", look: "moving" };
    case "confirmed":
      return { title: "Your order is confirmed", text: "Everything was in stock. We mailed you the details.", tag: "Confirmed", look: "settled" };
    case "rejected":
      return { title: "We could not complete this order", text: `${reason ?? "A product could not be set aside."} You pay nothing. What we had set aside is back in stock.`, tag: "Rejected", look: "refused" };
    case "cancelled":
      return { title: "You cancelled this order", text: "You pay nothing. Everything goes back into stock.", tag: "Cancelled", look: "offline" };
  }
}

/** Whether more will happen by itself. */
export const isOpen = ({ status }: Order) => status === "pending" || status === "held";

/** The short name of an order: the end of its id, in two groups. */
export const shortId = (id: string) => `${id.slice(-8, -4)}-${id.slice(-4)}`.toUpperCase();

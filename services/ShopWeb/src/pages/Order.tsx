import { api } from "../api/client.ts";
import type { Order } from "../api/types.ts";
import { Says } from "../commands/ChangeState.tsx";
import { isBusy } from "../commands/progress.ts";
import { useCommand } from "../commands/useCommand.ts";
import { OrderList } from "../orders/OrderList.tsx";
import { Steps } from "../orders/Steps.tsx";
import { isOpen, shortId, stepsOf, verdict } from "../orders/steps.ts";
import { orderStream, readOrder, useOrder } from "../orders/useOrder.ts";
import { LineBones } from "../parts/Bones.tsx";
import { Degraded } from "../parts/Degraded.tsx";
import { Failure } from "../parts/Failure.tsx";
import { cents, money } from "../parts/money.ts";
import { useTitle } from "../parts/useTitle.ts";
import { Plate } from "../products/Plate.tsx";
import { NeedsSession } from "../session/NeedsSession.tsx";
import { useSession } from "../session/useSession.ts";

/** One order with the steps of its process. */
export function OrderPage({ id }: { id: string }) {
  useTitle(`Order ${shortId(id)}`);
  return (
    <NeedsSession why="to see your order">
      <div className="order">
        <OrderList current={id} />
        <OrderDetails id={id} key={id} />
      </div>
    </NeedsSession>
  );
}

function OrderDetails({ id }: { id: string }) {
  const session = useSession();
  const { query, order, reread, productOf } = useOrder(id, session !== undefined);
  const cancellation = useCommand<void>({
    stream: orderStream(id),
    send: (_, header) => api.DELETE("/orders/{id}", { params: { path: { id }, header, query: { reason: "Cancelled on the shop's page." } } }),
    reread,
    plainVersion: async () => (await readOrder(id)).body.version,
  });
  if (query.isError && !order) return <Failure what="This order" error={query.error} onRetry={() => void query.refetch()} />;
  if (!order) return <LineBones what="the order" lines={6} />;

  const { title, text, tag, look } = verdict(order);
  const nameOf = (productId: string) => productOf(productId)?.name ?? "a product";
  return (
    <article className="panel" data-state={cancellation.progress.state}>
      <header className="stack tight">
        <p className="row" role="status">
          <span className={`tag ${look}`}>{tag}</span> <span className="hush small">{shortId(id)}</span>
        </p>
        <h1>{title}</h1>
        <p className="hush">{text}</p>
      </header>
      <Degraded read={query.data} />
      <div className="cols">
        <Steps steps={stepsOf(order, nameOf)} />
        <aside className="stack" aria-label="What you ordered">
          <Ordered order={order} productOf={productOf} />
          {(isOpen(order) || order.status === "confirmed") && (
            <>
              <button type="button" className="button quiet" aria-disabled={isBusy(cancellation.progress)} onClick={() => void cancellation.run()}>
                Cancel the order
              </button>
              <Says progress={cancellation.progress} onRetry={cancellation.retryNow} />
            </>
          )}
        </aside>
      </div>
    </article>
  );
}

function Ordered({ order, productOf }: { order: Order; productOf: ReturnType<typeof useOrder>["productOf"] }) {
  const { items, subtotal, discount, total, currency, status } = order;
  const isFree = status === "rejected" || status === "cancelled";
  return (
    <>
      <ul className="lines">
        {items.map(({ productId, quantity, unitPrice }) => {
          const product = productOf(productId);
          return (
            <li key={productId}>
              {product ? <Plate product={product} image={product.images[0]} /> : <span className="bone square" />}
              <p>
                <b>{product?.name ?? "A product"}</b>
                <br />
                <span className="hush">
                  {quantity} {quantity === 1 ? "piece" : "pieces"}
                </span>
              </p>
              <span>{unitPrice !== undefined && currency && money(cents(unitPrice * quantity), currency)}</span>
            </li>
          );
        })}
      </ul>
      {currency && subtotal !== undefined && total !== undefined && (
        <dl className="sum">
          <div>
            <dt>Products</dt>
            <dd>{money(subtotal, currency)}</dd>
          </div>
          {discount ? (
            <div>
              <dt>Discount</dt>
              <dd>−{money(discount, currency)}</dd>
            </div>
          ) : null}
          <div className="total">
            <dt>You pay</dt>
            <dd>{money(isFree ? 0 : total, currency)}</dd>
          </div>
        </dl>
      )}
    </>
  );
}

import { Link, useLocation } from "wouter";
import { api } from "../api/client.ts";
import type { Product } from "../api/types.ts";
import { clear, type Line, mostPieces, setQuantity } from "../basket/basket.ts";
import { useBasket } from "../basket/useBasket.ts";
import { Says, Thread } from "../commands/ChangeState.tsx";
import { isBusy } from "../commands/progress.ts";
import { useCommand } from "../commands/useCommand.ts";
import { Empty } from "../parts/Empty.tsx";
import { cents, money } from "../parts/money.ts";
import { Stepper } from "../parts/Stepper.tsx";
import { useTitle } from "../parts/useTitle.ts";
import { Plate } from "../products/Plate.tsx";
import { useProductsById } from "../products/useProductsById.ts";
import { orderPath, productPath, routes, signInPath } from "../routes.ts";
import { useSession } from "../session/useSession.ts";

/** What the customer means to buy, at today's prices, and the order. */
export function BasketPage() {
  useTitle("Basket");
  const lines = useBasket();
  const { products } = useProductsById(lines.map(({ productId }) => productId));
  if (lines.length === 0)
    return (
      <Empty title="Your basket is empty" text="Products that you add are kept on this device.">
        <Link href={routes.catalogue} className="button quiet low">
          Show all products
        </Link>
      </Empty>
    );
  return (
    <>
      <h1 className="heading">Your basket</h1>
      <div className="cols">
        <ul className="panel basket">
          {lines.map((line, i) => (
            <BasketLine line={line} product={products[i]} key={line.productId} />
          ))}
        </ul>
        <Checkout lines={lines} products={products} />
      </div>
    </>
  );
}

function BasketLine({ line, product }: { line: Line; product: Product | undefined }) {
  const name = product?.name ?? "Loading…";
  return (
    <li>
      {product ? <Plate product={product} image={product.images[0]} /> : <span className="bone square" />}
      <div>
        <Link href={productPath(line.productId)} className="strong">
          {name}
        </Link>
        {product && (
          <p className="small hush">
            {money(product.pricing.currentPrice, product.pricing.currency)} each{product.inventory.quantity < line.quantity && `. Only ${product.inventory.quantity} in stock.`}
          </p>
        )}
        <button type="button" className="link" aria-label={`Remove ${name}`} onClick={() => setQuantity(line.productId, 0)}>
          Remove
        </button>
      </div>
      <Stepper label={`Quantity of ${name}`} value={line.quantity} most={mostPieces} onChange={quantity => setQuantity(line.productId, quantity)} />
      <b>{product && money(cents(product.pricing.currentPrice * line.quantity), product.pricing.currency)}</b>
    </li>
  );
}

function Checkout({ lines, products }: { lines: readonly Line[]; products: (Product | undefined)[] }) {
  const session = useSession();
  const [path, go] = useLocation();
  const order = useCommand<{ id: string; items: Line[] }>({
    stream: "order-new",
    send: (body, header) => api.POST("/orders", { params: { header }, body }),
  });

  async function place() {
    if (!session) return go(signInPath(path));
    const id = crypto.randomUUID();
    if (!(await order.run({ id, items: [...lines] }))) return;
    clear();
    go(orderPath(id));
  }

  return (
    <aside className="panel stack" aria-label="Order" data-state={order.progress.state}>
      <dl className="sum">
        {totals(lines, products).map(([currency, amount]) => (
          <div className="total" key={currency}>
            <dt>Total</dt>
            <dd>{money(amount, currency)}</dd>
          </div>
        ))}
      </dl>
      <p className="small hush">Each product is set aside at its price of that moment. An order is sold whole or not at all.</p>
      <button type="button" className="button" aria-disabled={isBusy(order.progress)} onClick={() => void place()}>
        {session ? "Place the order" : "Sign in and order"}
      </button>
      <Says progress={order.progress} onRetry={order.retryNow} />
      <Thread />
    </aside>
  );
}

function totals(lines: readonly Line[], products: (Product | undefined)[]): [string, number][] {
  const sums = new Map<string, number>();
  lines.forEach(({ quantity }, i) => {
    const pricing = products[i]?.pricing;
    if (pricing) sums.set(pricing.currency, cents((sums.get(pricing.currency) ?? 0) + pricing.currentPrice * quantity));
  });
  return [...sums];
}

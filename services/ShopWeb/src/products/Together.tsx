import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { api, read } from "../api/client.ts";
import type { ProductSummary } from "../api/types.ts";
import { money } from "../parts/money.ts";
import { retries } from "../parts/retries.ts";
import { productPath } from "../routes.ts";
import { Plate } from "./Plate.tsx";

/** What others bought with it. Shows nothing where nobody did, or where it cannot be read: the product matters more. */
export function Together({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ["together", id],
    queryFn: () => read<{ items: { product: ProductSummary; orders: number }[] }>(api.GET("/products/{id}/recommendations", { params: { path: { id } } })),
    ...retries,
  });
  if (!data?.body.items.length) return null;
  return (
    <section className="panel stack together" aria-labelledby="together-h">
      <h2 id="together-h">Bought together</h2>
      <ul>
        {data.body.items.slice(0, 4).map(({ product, orders }) => (
          <li key={product.id}>
            <Plate product={product} image={product.image ? { url: product.image } : null} />
            <p>
              <Link href={productPath(product.id)} className="strong">
                {product.name}
              </Link>
              <br />
              <span className="tiny hush">In {orders === 1 ? "one order" : `${orders} orders`} with it</span>
            </p>
            <b>{money(product.currentPrice, product.currency)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

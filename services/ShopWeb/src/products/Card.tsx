import { Link } from "wouter";
import type { ProductSummary } from "../api/types.ts";
import { money } from "../parts/money.ts";
import { productPath } from "../routes.ts";
import { Plate } from "./Plate.tsx";

const justNow = 60_000;

/** A product in a list. Its name is the card's only link, and covers it whole. */
export function Card({ product }: { product: ProductSummary }) {
  const { id, name, currentPrice, discountPercent, currency, inStock, totalReviews, averageRating, updatedAt, version } = product;
  const isNew = version > 1 && Date.now() - Date.parse(updatedAt) < justNow;
  return (
    <li className={inStock ? "card" : "card gone"}>
      <Plate product={product} image={product.image ? { url: product.image } : null} />
      {!inStock ? <span className="tag plain">Sold out</span> : isNew && <span className="tag settled">Changed just now</span>}
      <h2>
        <Link href={productPath(id)}>{name}</Link>
      </h2>
      <p className="cost">
        <b>{money(currentPrice, currency)}</b>
        {discountPercent > 0 && <span className="off">−{Math.round(discountPercent)} %</span>}
      </p>
      <p className="tiny hush">{totalReviews > 0 ? `${averageRating} of 5, ${totalReviews} ${totalReviews === 1 ? "review" : "reviews"}` : "No reviews yet"}</p>
    </li>
  );
}

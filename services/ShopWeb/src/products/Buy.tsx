import { useState } from "react";
import { Link } from "wouter";
import type { Product } from "../api/types.ts";
import { add, mostLines, mostPieces } from "../basket/basket.ts";
import { Stepper } from "../parts/Stepper.tsx";
import { routes } from "../routes.ts";

/** Puts pieces into the basket. */
export function Buy({ product }: { product: Product }) {
  const [quantity, setQuantity] = useState(1);
  const [said, setSaid] = useState<{ text: string; isIn: boolean }>();
  const { quantity: left } = product.inventory;

  function put() {
    if (!product.inStock) return;
    const isIn = add(product.id, quantity);
    setSaid({ isIn, text: isIn ? `${quantity} in your basket.` : `A basket holds ${mostLines} products. Order these first.` });
  }

  return (
    <div className="stack tight">
      <p className="small">
        <span className="tag plain">{left > 0 ? `${left} in stock` : "Sold out"}</span>{" "}
        <span className="hush">You pay the price at the moment we set your pieces aside.</span>
      </p>
      <div className="buy">
        <Stepper label="Quantity" value={quantity} most={Math.min(mostPieces, Math.max(left, 1))} onChange={setQuantity} />
        <button type="button" className="button" aria-disabled={!product.inStock} onClick={put}>
          {product.inStock ? "Add to basket" : "Sold out"}
        </button>
      </div>
      <p className="says">
        <span role="status">{said?.text}</span>
        {said?.isIn && <Link href={routes.basket}>Go to the basket</Link>}
      </p>
    </div>
  );
}

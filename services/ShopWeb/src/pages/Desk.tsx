import { Link } from "wouter";
import { NewProductForm } from "../desk/NewProductForm.tsx";
import { useMyProducts } from "../desk/useMyProducts.ts";
import { LineBones } from "../parts/Bones.tsx";
import { Failure } from "../parts/Failure.tsx";
import { money } from "../parts/money.ts";
import { useTitle } from "../parts/useTitle.ts";
import { Plate } from "../products/Plate.tsx";
import { deskPath } from "../routes.ts";
import { NeedsSeller } from "../session/NeedsSeller.tsx";

/** A seller's products, and a new one. */
export function DeskPage() {
  useTitle("Seller’s desk");
  return <NeedsSeller>{seller => <Desk seller={seller} />}</NeedsSeller>;
}

function Desk({ seller }: { seller: string }) {
  const { query, products, isPending } = useMyProducts(seller);
  return (
    <>
      <h1 className="heading">Seller’s desk</h1>
      <div className="cols">
        <section className="panel stack together" aria-labelledby="mine-h">
          <h2 id="mine-h">Your products</h2>
          {query.isError && products.length === 0 && <Failure what="The list" error={query.error} onRetry={() => void query.refetch()} />}
          {isPending && products.length === 0 && <LineBones what="your products" />}
          {!isPending && products.length === 0 && <p className="hush">You have nothing on sale yet. Put the first product on sale here.</p>}
          <ul>
            {products.map(product => (
              <li key={product.id}>
                <Plate product={product} image={product.images[0]} />
                <p>
                  <Link href={deskPath(product.id)} className="strong">
                    {product.name}
                  </Link>
                  <br />
                  <span className="tiny hush">
                    {product.inventory.quantity} in stock, version {product.version}
                  </span>
                </p>
                <b>{money(product.pricing.currentPrice, product.pricing.currency)}</b>
              </li>
            ))}
          </ul>
          {products.length > 0 && <p className="tiny hush">Your products among the newest of the shop.</p>}
        </section>
        <NewProductForm seller={seller} />
      </div>
    </>
  );
}

import { Link } from "wouter";
import { DetailsField } from "../desk/DetailsField.tsx";
import { PendingReviews } from "../desk/PendingReviews.tsx";
import { PriceField } from "../desk/PriceField.tsx";
import { StockField } from "../desk/StockField.tsx";
import { LineBones } from "../parts/Bones.tsx";
import { Degraded } from "../parts/Degraded.tsx";
import { Failure } from "../parts/Failure.tsx";
import { useTitle } from "../parts/useTitle.ts";
import { LivePrice } from "../products/LivePrice.tsx";
import { Plate } from "../products/Plate.tsx";
import { Prices } from "../products/Prices.tsx";
import { useProduct } from "../products/useProduct.ts";
import { productPath, routes } from "../routes.ts";
import { NeedsSeller } from "../session/NeedsSeller.tsx";

/** One product, as its seller changes it. */
export function DeskProductPage({ id }: { id: string }) {
  return <NeedsSeller>{() => <DeskProduct id={id} key={id} />}</NeedsSeller>;
}

function DeskProduct({ id }: { id: string }) {
  const { query, saved, shown, isPending, read } = useProduct(id);
  useTitle(shown?.name);
  if (query.isError && !shown) return <Failure what="This product" error={query.error} onRetry={() => void query.refetch()} />;
  if (!shown || !saved) return <LineBones what="the product" lines={6} />;
  return (
    <>
      <nav aria-label="You are here">
        <ol className="crumbs">
          <li>
            <Link href={routes.desk}>Seller’s desk</Link>
          </li>
          <li aria-current="page">{shown.name}</li>
        </ol>
      </nav>
      <Degraded read={read} />
      <div className="desk">
        <div className="stack roomy">
          <div className="row desk-head">
            <Plate product={shown} image={shown.images[0]} />
            <div className="stack tight">
              <h1>{shown.name}</h1>
              <LivePrice product={shown} saved={saved} isPending={isPending} />
              <p>
                <Link href={productPath(id)} className="small">
                  See it as customers do
                </Link>
              </p>
            </div>
          </div>
          <Prices product={saved} />
          <PendingReviews productId={id} />
          <DetailsField product={saved} />
        </div>
        <div className="stack">
          <PriceField product={saved} />
          <StockField product={saved} />
        </div>
      </div>
    </>
  );
}

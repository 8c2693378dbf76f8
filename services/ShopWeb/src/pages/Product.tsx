import { Link } from "wouter";
import { ApiError } from "../api/problem.ts";
import { LineBones } from "../parts/Bones.tsx";
import { Degraded } from "../parts/Degraded.tsx";
import { Empty } from "../parts/Empty.tsx";
import { Failure } from "../parts/Failure.tsx";
import { useTitle } from "../parts/useTitle.ts";
import { Buy } from "../products/Buy.tsx";
import { Gallery } from "../products/Gallery.tsx";
import { LivePrice } from "../products/LivePrice.tsx";
import { Prices } from "../products/Prices.tsx";
import { Reviews } from "../products/Reviews.tsx";
import { Stars } from "../products/Stars.tsx";
import { Together } from "../products/Together.tsx";
import { useProduct } from "../products/useProduct.ts";
import { WatchButton } from "../products/WatchButton.tsx";
import { deskPath, routes } from "../routes.ts";
import { useSession } from "../session/useSession.ts";

/** One product, live. */
export function ProductPage({ id }: { id: string }) {
  const { query, saved, shown, isPending, read } = useProduct(id);
  const session = useSession();
  useTitle(shown?.name);

  if (!shown || !saved)
    return query.isError ? (
      isGone(query.error) ? (
        <Empty title="This product is not here" text="It was taken from the shop, or the address is wrong.">
          <Link href={routes.catalogue} className="button quiet low">
            Show all products
          </Link>
        </Empty>
      ) : (
        <Failure what="This product" error={query.error} onRetry={() => void query.refetch()} />
      )
    ) : (
      <div className="hero">
        <span className="bone square" aria-hidden="true" />
        <LineBones what="the product" lines={6} />
      </div>
    );

  return (
    <>
      <nav aria-label="You are here">
        <ol className="crumbs">
          <li>
            <Link href={routes.catalogue}>Catalogue</Link>
          </li>
          <li>
            <Link href={`/?category=${encodeURIComponent(shown.category)}`} className="name">
              {shown.category}
            </Link>
          </li>
          <li aria-current="page">{shown.name}</li>
        </ol>
      </nav>
      <Degraded read={read} />
      <div className="hero">
        <Gallery product={shown} />
        <div className="stack roomy">
          <div className="stack tight">
            <h1>{shown.name}</h1>
            <p className="row small">
              {shown.averageRating !== null ? (
                <>
                  <Stars rating={shown.averageRating} />
                  <a href="#reviews">
                    {shown.averageRating} from {shown.totalReviews} {shown.totalReviews === 1 ? "review" : "reviews"}
                  </a>
                </>
              ) : (
                <span className="hush">No reviews yet</span>
              )}
              <span className="hush">Sold by {shown.seller}</span>
              {session?.id === shown.seller && <Link href={deskPath(id)}>Change it at your desk</Link>}
            </p>
          </div>
          <LivePrice product={shown} saved={saved} isPending={isPending} />
          <Prices product={saved} />
          <div className="stack tight">
            <Buy product={shown} />
            <WatchButton product={shown} />
          </div>
        </div>
      </div>
      <div className="section halves">
        <div className="stack wide-gap">
          <section className="stack" aria-labelledby="about-h">
            <h2 id="about-h">About it</h2>
            <p className="prose">{shown.description || "The seller wrote no description."}</p>
            <dl className="specs">
              {Object.entries(shown.specifications).map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </section>
          <Reviews product={shown} />
        </div>
        <Together id={id} />
      </div>
    </>
  );
}

const isGone = (error: unknown) => error instanceof ApiError && (error.problem.status === 404 || error.problem.status === 410);

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api, read } from "../api/client.ts";
import type { Product, Review } from "../api/types.ts";
import { LineBones } from "../parts/Bones.tsx";
import { onDay } from "../parts/dates.ts";
import { Failure } from "../parts/Failure.tsx";
import { retries } from "../parts/retries.ts";
import { ReviewForm } from "./ReviewForm.tsx";
import { Stars } from "./Stars.tsx";

type Page = { items: Review[]; next: string | null };

/** What buyers say. Authors stay unnamed, as the API answers. */
export function Reviews({ product }: { product: Product }) {
  const { id, averageRating, totalReviews } = product;
  const query = useInfiniteQuery({
    // A new review changes the count, and the list is read again.
    queryKey: ["reviews", id, totalReviews],
    queryFn: ({ pageParam }) => read<Page>(api.GET("/products/{id}/reviews", { params: { path: { id }, query: { limit: "10", ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.body.next ?? undefined,
    ...retries,
  });
  // A mail leads here, before there was anything to scroll to.
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (query.isSuccess && location.hash === "#reviews") section.current?.scrollIntoView();
  }, [query.isSuccess]);
  const reviews = query.data?.pages.flatMap(page => page.body.items) ?? [];
  return (
    <section id="reviews" ref={section} className="stack" aria-labelledby="reviews-h">
      <h2 id="reviews-h">Reviews</h2>
      {averageRating !== null && (
        <p className="row">
          <b className="figure">{averageRating}</b> <Stars rating={averageRating} />{" "}
          <span className="hush small">
            from {totalReviews} {totalReviews === 1 ? "buyer" : "buyers"}
          </span>
        </p>
      )}
      {query.isError && <Failure what="The list of reviews" error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <LineBones what="reviews" />}
      {query.isSuccess && reviews.length === 0 && <p className="hush">No reviews yet. Only buyers can write one.</p>}
      {reviews.length > 0 && (
        <div>
          {reviews.map(({ id, stars, title, text, approvedAt }) => (
            <article className="review" key={id}>
              <p className="row">
                <Stars rating={stars} /> <b>{title ?? "Removed by its author"}</b>
              </p>
              {text && <p>{text}</p>}
              <footer>{onDay(approvedAt)}. Bought here.</footer>
            </article>
          ))}
        </div>
      )}
      {query.hasNextPage && (
        <p>
          <button type="button" className="button quiet low" onClick={() => void query.fetchNextPage()}>
            Show more reviews
          </button>
        </p>
      )}
      <ReviewForm product={product} />
    </section>
  );
}

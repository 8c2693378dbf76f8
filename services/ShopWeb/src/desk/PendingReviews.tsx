import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, read } from "../api/client.ts";
import type { PendingReview } from "../api/types.ts";
import { Says } from "../commands/ChangeState.tsx";
import { isBusy } from "../commands/progress.ts";
import { useCommand } from "../commands/useCommand.ts";
import { retries } from "../parts/retries.ts";
import { Stars } from "../products/Stars.tsx";

const keyOf = (productId: string) => ["pending-reviews", productId] as const;

/** Reviews that wait for the seller's word. */
export function PendingReviews({ productId }: { productId: string }) {
  const { data } = useQuery({
    queryKey: keyOf(productId),
    queryFn: () => read<{ items: PendingReview[] }>(api.GET("/products/{id}/reviews/pending", { params: { path: { id: productId }, query: { limit: "20" } } })),
    ...retries,
  });
  if (!data?.body.items.length) return null;
  return (
    <section className="panel stack" aria-labelledby="pending-h">
      <h2 id="pending-h">Reviews to approve</h2>
      {data.body.items.map(review => (
        <Judge review={review} productId={productId} key={review.id} />
      ))}
    </section>
  );
}

function Judge({ review, productId }: { review: PendingReview; productId: string }) {
  const client = useQueryClient();
  const { id, stars, title, text } = review;
  const decision = useCommand<"approval" | "rejection">({
    stream: `review-${id}`,
    send: (verdict, header) => {
      const params = { path: { id }, header };
      return verdict === "approval" ? api.POST("/reviews/{id}/approval", { params }) : api.POST("/reviews/{id}/rejection", { params, body: { reason: "The seller rejected it." } });
    },
  });
  const decide = async (verdict: "approval" | "rejection") => {
    if (await decision.run(verdict)) void client.invalidateQueries({ queryKey: keyOf(productId) });
  };
  return (
    <article className="review" data-state={decision.progress.state}>
      <p className="row">
        <Stars rating={stars} /> <b>{title ?? "Removed by its author"}</b>
      </p>
      {text && <p>{text}</p>}
      <p className="row">
        <button type="button" className="button quiet low" aria-disabled={isBusy(decision.progress)} onClick={() => void decide("approval")}>
          Approve
        </button>
        <button type="button" className="button bare low" aria-disabled={isBusy(decision.progress)} onClick={() => void decide("rejection")}>
          Reject
        </button>
        <Says progress={decision.progress} onRetry={decision.retryNow} />
      </p>
    </article>
  );
}

import { type FormEvent, useState } from "react";
import { api } from "../api/client.ts";
import type { Product } from "../api/types.ts";
import { Says } from "../commands/ChangeState.tsx";
import { isBusy } from "../commands/progress.ts";
import { useCommand } from "../commands/useCommand.ts";
import { TextField } from "../parts/TextField.tsx";
import { useSession } from "../session/useSession.ts";
import { Stars } from "./Stars.tsx";

type Draft = { stars: number; title: string; text: string };

const words = ["", "Bad", "Poor", "Fair", "Good", "Great"];

/** Writes a review. The shop refuses it from customers who have not bought the product, and says so. */
export function ReviewForm({ product }: { product: Product }) {
  const session = useSession();
  const [draft, setDraft] = useState<Draft>({ stars: 5, title: "", text: "" });
  const [sent, setSent] = useState<Draft>();
  const review = useCommand<Draft>({
    stream: `review-of-${product.id}`,
    send: (body, header) => api.POST("/products/{id}/reviews", { params: { path: { id: product.id }, header }, body }),
  });
  if (session?.role !== "customer") return null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setSent(draft);
    if (!(await review.run(draft))) setSent(undefined);
  }

  if (sent)
    return (
      <article className="review" data-state={review.progress.state}>
        <p className="row">
          <Stars rating={sent.stars} /> <b>{sent.title}</b> <span className="tag moving">{review.progress.state === "optimistic" ? "Sending…" : "Waiting for approval"}</span>
        </p>
        <p>{sent.text}</p>
        <footer role="status">You, just now. Only you can see this until the seller approves it.</footer>
      </article>
    );

  return (
    <details className="write">
      <summary>Write a review</summary>
      <form className="stack" onSubmit={event => void submit(event)} data-state={review.progress.state}>
        <fieldset className="row stars-pick">
          <legend className="label">Stars</legend>
          {[1, 2, 3, 4, 5].map(stars => (
            <label key={stars}>
              <input type="radio" name="stars" checked={draft.stars === stars} onChange={() => setDraft({ ...draft, stars })} />
              {stars} <span className="hush">{words[stars]}</span>
            </label>
          ))}
        </fieldset>
        <TextField label="Title" value={draft.title} maxLength={100} required onChange={title => setDraft({ ...draft, title })} />
        <TextField label="Your review" value={draft.text} maxLength={2000} required isLong onChange={text => setDraft({ ...draft, text })} />
        <p>
          <button type="submit" className="button quiet" aria-disabled={isBusy(review.progress)}>
            Send the review
          </button>
        </p>
        <Says progress={review.progress} resting="The seller reads it before it is shown." onRetry={review.retryNow} />
      </form>
    </details>
  );
}

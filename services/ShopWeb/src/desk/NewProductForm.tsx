import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useLocation } from "wouter";
import { api } from "../api/client.ts";
import type { NewProduct } from "../api/types.ts";
import { Says, Thread } from "../commands/ChangeState.tsx";
import { isBusy } from "../commands/progress.ts";
import { useCommand } from "../commands/useCommand.ts";
import { amountOf } from "../parts/money.ts";
import { TextField } from "../parts/TextField.tsx";
import { rereadProduct } from "../products/readProduct.ts";
import { useCategories } from "../products/useProducts.ts";
import { deskPath } from "../routes.ts";
import { remember } from "./mine.ts";

const empty = { name: "", category: "", price: "", quantity: "10", description: "" };

/** Puts a product on sale. The page chooses its id, so that a retry creates the same product. */
export function NewProductForm({ seller }: { seller: string }) {
  const [draft, setDraft] = useState(empty);
  const [, go] = useLocation();
  const client = useQueryClient();
  const categories = useCategories();
  const creation = useCommand<NewProduct & { id: string }>({
    stream: "product-new",
    send: (body, header) => api.POST("/products", { params: { header }, body }),
  });
  const { progress } = creation;
  const amount = amountOf(draft.price);
  const quantity = /^\d{1,7}$/.test(draft.quantity) ? Number(draft.quantity) : undefined;
  const set = (change: Partial<typeof empty>) => {
    setDraft({ ...draft, ...change });
    if (progress.state === "refused") creation.reset();
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (amount === undefined || quantity === undefined) return;
    const { name, category, description } = draft;
    const id = crypto.randomUUID();
    if (!(await creation.run({ id, name, category, description, quantity, warehouse: "MAIN", price: { amount, currency: "USD" } }))) return;
    remember(seller, id);
    await rereadProduct(client, id, 1);
    go(deskPath(id));
  }

  return (
    <section className="panel pricefield" data-state={progress.state} aria-labelledby="new-h">
      <h2 id="new-h">Put a product on sale</h2>
      <form className="long" onSubmit={event => void submit(event)}>
        <TextField label="Name" value={draft.name} maxLength={200} required onChange={name => set({ name })} />
        <div className="pair">
          <TextField label="Category" value={draft.category} maxLength={50} required list={categories} placeholder="audio" onChange={category => set({ category: category.toLowerCase() })} />
          <TextField label="Price" sign="$" value={draft.price} required inputMode="decimal" pattern="\d{1,5}([.,]\d{1,2})?" placeholder="100.00" onChange={price => set({ price })} />
        </div>
        <TextField label="Pieces in stock" value={draft.quantity} required inputMode="numeric" pattern="\d{1,7}" onChange={quantity => set({ quantity })} />
        <TextField label="Description" isLong value={draft.description} maxLength={5000} onChange={description => set({ description })} />
        <button type="submit" className="button" aria-disabled={isBusy(progress)}>
          Put it on sale
        </button>
      </form>
      <Says progress={progress} resting="Everybody can see it a moment later." onRetry={creation.retryNow} />
      <Thread />
    </section>
  );
}

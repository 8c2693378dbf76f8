import { type FormEvent, useState } from "react";
import { api } from "../api/client.ts";
import type { Product } from "../api/types.ts";
import { Says, Thread } from "../commands/ChangeState.tsx";
import { isBusy } from "../commands/progress.ts";
import { useCommand } from "../commands/useCommand.ts";
import { TextField } from "../parts/TextField.tsx";
import { useProductReads } from "./usePriceChange.ts";

type Change = { delta: number; reason: string };

/** Adds to the stock, or takes from it. A difference and no total, so that sales in between stay counted. */
export function StockField({ product }: { product: Product }) {
  const { id, inventory } = product;
  const [delta, setDelta] = useState("10");
  const [reason, setReason] = useState("delivery");
  const change = useCommand<Change, Product>({
    ...useProductReads(id),
    send: (body, header) => api.POST("/products/{id}/stock", { params: { path: { id }, header }, body }),
    show: (shown, body) => ({ ...shown, inventory: { ...shown.inventory, quantity: shown.inventory.quantity + body.delta }, inStock: shown.inventory.quantity + body.delta > 0 }),
  });
  const { progress } = change;
  const says = `stock-says-${id}`;
  const amount = /^[+-]?\d{1,7}$/.test(delta) ? Number(delta) : 0;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (amount !== 0) void change.run({ delta: amount, reason });
  };

  return (
    <section className="panel pricefield" data-state={progress.state} aria-labelledby={`${says}-h`}>
      <h2 id={`${says}-h`}>
        Stock <span>{inventory.quantity} pieces</span>
      </h2>
      <form onSubmit={submit}>
        <TextField label="Pieces to add, or to take with a minus" isLabelHidden inputMode="text" value={delta} describedBy={says} isInvalid={progress.state === "refused" || amount === 0} onChange={setDelta} />
        <button type="submit" className="button quiet" aria-disabled={isBusy(progress) || amount === 0}>
          {amount < 0 ? "Take" : "Add"} pieces
        </button>
      </form>
      <TextField label="Reason" value={reason} maxLength={500} required onChange={setReason} />
      <Says id={says} progress={progress} resting={amount === 0 ? "Type a number such as 10 or -3." : `${inventory.quantity} in stock at ${inventory.warehouse}.`} onRetry={change.retryNow} />
      <Thread />
    </section>
  );
}

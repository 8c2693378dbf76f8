import { type FormEvent, useState } from "react";
import { api } from "../api/client.ts";
import type { Product } from "../api/types.ts";
import { Says, Thread } from "../commands/ChangeState.tsx";
import { isBusy } from "../commands/progress.ts";
import { useCommand } from "../commands/useCommand.ts";
import { TextField } from "../parts/TextField.tsx";
import { useProductReads } from "./usePriceChange.ts";

type Details = { name: string; description: string };

/** Name and description. If-Match names the version that the seller saw, so nobody's text is overwritten unseen. */
export function DetailsField({ product }: { product: Product }) {
  const { id, version } = product;
  const [details, setDetails] = useState<Details>({ name: product.name, description: product.description });
  const change = useCommand<Details, Product>({
    ...useProductReads(id),
    send: (body, header) => api.PATCH("/products/{id}", { params: { path: { id }, header }, body }),
    show: (shown, body) => ({ ...shown, ...body }),
  });
  const { progress } = change;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void change.run(details, `"${version}"`);
  };
  return (
    <section className="panel pricefield" data-state={progress.state} aria-labelledby="details-h">
      <h2 id="details-h">Name and text</h2>
      <form className="long" onSubmit={submit}>
        <TextField label="Name" value={details.name} maxLength={200} required isInvalid={progress.state === "refused"} describedBy="details-says" onChange={name => setDetails({ ...details, name })} />
        <TextField label="Description" isLong value={details.description} maxLength={5000} onChange={description => setDetails({ ...details, description })} />
        <button type="submit" className="button quiet" aria-disabled={isBusy(progress)}>
          Save the text
        </button>
      </form>
      <Says id="details-says" progress={progress} resting={`Saved as version ${version}.`} onRetry={change.retryNow} />
      <Thread />
    </section>
  );
}

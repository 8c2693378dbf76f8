import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Product } from "../api/types.ts";
import { Says, Thread } from "../commands/ChangeState.tsx";
import { isBusy } from "../commands/progress.ts";
import { amountOf, cents, currencySign } from "../parts/money.ts";
import { TextField } from "../parts/TextField.tsx";
import { usePriceChange } from "./usePriceChange.ts";

const discounts = [10, 20, 30, 50];

/** One price, with every state that its change goes through. */
export function PriceField({ product }: { product: Product }) {
  const { basePrice, currentPrice, currency } = product.pricing;
  const change = usePriceChange(product);
  const { progress } = change;
  const [text, setText] = useState(currentPrice.toFixed(2));
  const [refused, setRefused] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const says = `price-says-${product.id}`;

  // The field shows what everybody sees, unless this page has a change on its way.
  useEffect(() => {
    if (!isBusy(progress)) setText(currentPrice.toFixed(2));
  }, [currentPrice]);

  async function save(wanted: string) {
    const amount = amountOf(wanted);
    setRefused(undefined);
    if (amount === undefined) return input.current?.focus();
    setText(amount.toFixed(2));
    if (await change.run(amount)) return;
    setRefused(wanted);
    setText(currentPrice.toFixed(2));
    input.current?.focus();
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(text);
  };

  return (
    <section className="panel pricefield" data-state={progress.state} aria-labelledby={`${says}-h`}>
      <h2 id={`${says}-h`}>
        Price <span>version {product.version}</span>
      </h2>
      <form onSubmit={submit}>
        <TextField
          label={`Price in ${currency}`}
          isLabelHidden
          sign={currencySign(currency)}
          inputMode="decimal"
          inputRef={input}
          value={text}
          describedBy={says}
          isInvalid={progress.state === "refused" || amountOf(text) === undefined}
          onChange={next => {
            setText(next);
            if (progress.state === "refused") change.reset();
          }}
        />
        <button type="submit" className="button" aria-disabled={isBusy(progress)}>
          Save price
        </button>
      </form>
      <Says id={says} progress={progress} resting={amountOf(text) === undefined ? "A price is a number such as 19.99." : `Saved as version ${product.version}.`} onRetry={change.retryNow}>
        {refused && progress.state === "refused" && (
          <button type="button" className="link" onClick={() => setText(refused)}>
            Bring back {refused}
          </button>
        )}
      </Says>
      <Thread />
      <div className="row discounts" role="group" aria-label="Discount">
        <span className="tiny hush">Discount</span>
        {discounts.map(percent => (
          <button type="button" className="button quiet low" key={percent} aria-disabled={isBusy(progress)} onClick={() => void save(String(cents(basePrice * (1 - percent / 100))))}>
            {percent} %
          </button>
        ))}
        <button type="button" className="button bare low" aria-disabled={isBusy(progress)} onClick={() => void save(String(basePrice))}>
          None
        </button>
      </div>
    </section>
  );
}

import { useEffect, useState } from "react";
import type { Product } from "../api/types.ts";
import { Thread } from "../commands/ChangeState.tsx";
import { money } from "../parts/money.ts";

type Props = {
  product: Product;
  /** What the shop last said, without this page's own changes. */
  saved: Product;
  isPending: boolean;
};

/** The price now, and whether everybody sees it. Announces a change that happens while the reader looks. */
export function LivePrice({ product, saved, isPending }: Props) {
  const { basePrice, currentPrice, discountPercent, currency } = product.pricing;
  const moved = useMove(saved);
  return (
    <div className="stack tight" data-state={isPending ? "updating" : moved ? "everywhere" : "idle"}>
      <p className="price">
        <b>{money(currentPrice, currency)}</b>{" "}
        {discountPercent > 0 && (
          <>
            <s>
              <span className="unseen">Before: </span>
              {money(basePrice, currency)}
            </s>{" "}
            <span className="off">−{Math.round(discountPercent)} %</span>
          </>
        )}
      </p>
      <div className="live">
        <Thread short />
        <p className="says">
          <span role="status">{isPending ? "Updating…" : (moved ?? `Live. Version ${saved.version}.`)}</span>
        </p>
      </div>
    </div>
  );
}

const shownFor = 8_000;

/** What happened to the price since the reader came, for a while. */
function useMove({ pricing }: Product): string | undefined {
  const [known, setKnown] = useState(pricing.currentPrice);
  const [text, setText] = useState<string>();
  if (known !== pricing.currentPrice) {
    setKnown(pricing.currentPrice);
    setText(`Updated everywhere. The price ${pricing.currentPrice < known ? "fell" : "rose"} while you were here.`);
  }
  useEffect(() => {
    if (!text) return;
    const timer = setTimeout(() => setText(undefined), shownFor);
    return () => clearTimeout(timer);
  }, [text]);
  return text;
}

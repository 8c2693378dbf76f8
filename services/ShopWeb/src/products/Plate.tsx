import { useState } from "react";
import { drawingOf, plateOf } from "./drawing.ts";

type Props = {
  product: { id: string; name: string; category: string };
  image?: { url: string; alt?: string } | null;
  /** Where the name stands beside it, the picture says nothing new. */
  isDecoration?: boolean;
};

/** A product's picture on its plate; a drawing where it has none, or it does not load. */
export function Plate({ product, image, isDecoration = true }: Props) {
  const [brokenUrl, setBrokenUrl] = useState<string>();
  const alt = isDecoration ? "" : image?.alt || product.name;
  return (
    <div className={`plate ${plateOf(product.id)}`}>
      {image && image.url !== brokenUrl ? (
        <img src={image.url} alt={alt} loading="lazy" referrerPolicy="no-referrer" onError={() => setBrokenUrl(image.url)} />
      ) : (
        <svg viewBox="0 0 200 200" {...(alt ? { role: "img", "aria-label": alt } : { "aria-hidden": true })}>
          <use href={`#${drawingOf(product.name, product.category)}`} />
        </svg>
      )}
    </div>
  );
}

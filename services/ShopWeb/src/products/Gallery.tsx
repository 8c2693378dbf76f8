import { useState } from "react";
import type { Product } from "../api/types.ts";
import { Plate } from "./Plate.tsx";

/** The product's pictures: one large, and the others to choose. */
export function Gallery({ product }: { product: Product }) {
  const [chosen, setChosen] = useState(0);
  const images = product.images;
  const shown = images[chosen] ?? images[0];
  return (
    <div className="gallery">
      <Plate product={product} image={shown} isDecoration={false} />
      {images.length > 1 && (
        <ul>
          {images.slice(0, 4).map((image, i) => (
            <li key={image.id}>
              <button type="button" aria-label={`Image ${i + 1} of ${images.length}: ${image.alt || product.name}`} aria-current={image === shown} onClick={() => setChosen(i)}>
                <Plate product={product} image={image} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { Read } from "../api/client.ts";
import type { Product } from "../api/types.ts";
import { overlaysOf, subscribe, under } from "../commands/overlays.ts";
import { useHints } from "../hints/useHints.ts";
import { retries } from "../parts/retries.ts";
import { productKey, productStream, readProduct, rereadProduct } from "./readProduct.ts";

/** A product that stays up to date while it is on the page. `shown` has this page's own changes, `saved` only what the shop said. */
export function useProduct(id: string) {
  const client = useQueryClient();
  const stream = productStream(id);
  const query = useQuery<Read<Product>>({ queryKey: productKey(id), queryFn: () => newest(readProduct(id)), ...retries });
  const overlays = useSyncExternalStore(subscribe, () => overlaysOf(stream));
  useHints([stream], ({ version }) => rereadProduct(client, id, version));
  const saved = query.data?.body;
  return { query, saved, shown: saved && under(overlays, saved), isPending: overlays.length > 0, read: query.data };

  async function newest(asked: Promise<Read<Product>>) {
    const found = await asked;
    const known = client.getQueryData<Read<Product>>(productKey(id));
    return known && known.body.version > found.body.version ? known : found;
  }
}

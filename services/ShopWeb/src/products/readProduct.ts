import type { QueryClient } from "@tanstack/react-query";
import { api, type Read, read } from "../api/client.ts";
import type { Product } from "../api/types.ts";

export const productStream = (id: string) => `product-${id}`;

export const productKey = (id: string) => ["product", id] as const;

/** Reads a product: plainly as everybody does, or at a version that is known to exist. */
export const readProduct = (id: string, atLeastVersion?: number) =>
  read<Product>(api.GET("/products/{id}", { params: { path: { id }, query: atLeastVersion ? { atLeastVersion: `${atLeastVersion}` } : {} } }));

/**
 * Reads it again, and keeps whichever is newer: a cache on the way may still have an older one. Does not read a version that
 * the page has. True if the page then has that version or, without one, if something was new.
 */
export async function rereadProduct(client: QueryClient, id: string, atLeastVersion?: number): Promise<boolean> {
  const isKnown = () => atLeastVersion !== undefined && (client.getQueryData<Read<Product>>(productKey(id))?.body.version ?? 0) >= atLeastVersion;
  if (isKnown()) return true;
  const found = await readProduct(id, atLeastVersion);
  const known = client.getQueryData<Read<Product>>(productKey(id));
  if (known && known.body.version > found.body.version) return isKnown();
  client.setQueryData(productKey(id), found);
  return isKnown() || known?.body.version !== found.body.version || known.body.totalReviews !== found.body.totalReviews;
}

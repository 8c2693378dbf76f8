import type { QueryClient } from "@tanstack/react-query";
import { api, type Read, read } from "../api/client.ts";
import type { Product } from "../api/types.ts";

export const productStream = (id: string) => `product-${id}`;

export const productKey = (id: string) => ["product", id] as const;

/** Reads a product: plainly as everybody does, or at a version that is known to exist. */
export const readProduct = (id: string, atLeastVersion?: number) =>
  read<Product>(api.GET("/products/{id}", { params: { path: { id }, query: atLeastVersion ? { atLeastVersion: `${atLeastVersion}` } : {} } }));

/** Reads it again, and keeps whichever is newer: a cache on the way may still have an older one. True when there was something new. */
export async function rereadProduct(client: QueryClient, id: string, atLeastVersion?: number): Promise<boolean> {
  const found = await readProduct(id, atLeastVersion);
  const known = client.getQueryData<Read<Product>>(productKey(id));
  if (known && known.body.version > found.body.version) return false;
  client.setQueryData(productKey(id), found);
  return known?.body.version !== found.body.version || known.body.totalReviews !== found.body.totalReviews;
}

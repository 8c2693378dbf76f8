import { useQueries } from "@tanstack/react-query";
import type { Read } from "../api/client.ts";
import type { Product } from "../api/types.ts";
import { retries } from "../parts/retries.ts";
import { productKey, readProduct } from "../products/readProduct.ts";
import { useProducts } from "../products/useProducts.ts";
import { mine } from "./mine.ts";

/** A seller's products. The API lists no seller's products, so these are the newest of the shop's that are theirs, and what they created here. */
export function useMyProducts(seller: string) {
  const { query, items } = useProducts({});
  const ids = [...new Set([...mine(seller), ...items.map(({ id }) => id)])].slice(0, 60);
  const products = useQueries({ queries: ids.map(id => ({ queryKey: productKey(id), queryFn: () => readProduct(id), staleTime: 30_000, ...retries })) });
  return {
    query,
    isPending: query.isPending || products.some(product => product.isPending),
    products: products.flatMap(({ data }) => (data as Read<Product> | undefined)?.body ?? []).filter(product => product.seller === seller),
  };
}

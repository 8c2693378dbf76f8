import { useQueries } from "@tanstack/react-query";
import type { Read } from "../api/client.ts";
import type { Product } from "../api/types.ts";
import { retries } from "../parts/retries.ts";
import { productKey, readProduct } from "./readProduct.ts";

/** These products, in the order of the ids; undefined where one is not read yet. */
export function useProductsById(ids: readonly string[], options?: { staleTime: number }) {
  const reads = useQueries({ queries: ids.map(id => ({ queryKey: productKey(id), queryFn: () => readProduct(id), ...retries, ...options })) });
  return {
    isPending: reads.some(read => read.isPending),
    products: reads.map(({ data }) => (data as Read<Product> | undefined)?.body),
  };
}

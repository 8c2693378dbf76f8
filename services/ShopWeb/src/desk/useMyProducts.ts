import { useProducts } from "../products/useProducts.ts";
import { useProductsById } from "../products/useProductsById.ts";
import { mine } from "./mine.ts";

/** A seller's products. The API lists no seller's products, so these are the newest of the shop's that are theirs, and what they created here. */
export function useMyProducts(seller: string) {
  const { query, items } = useProducts({});
  const ids = [...new Set([...mine(seller), ...items.map(({ id }) => id)])].slice(0, 60);
  const { products, isPending } = useProductsById(ids, { staleTime: 30_000 });
  return {
    query,
    isPending: query.isPending || isPending,
    products: products.flatMap(product => (product?.seller === seller ? [product] : [])),
  };
}

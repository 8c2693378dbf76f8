import { useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import type { Product } from "../api/types.ts";
import { useCommand } from "../commands/useCommand.ts";
import { cents } from "../parts/money.ts";
import { productStream, readProduct, rereadProduct } from "../products/readProduct.ts";

/** How every change of a product reads its own write, and finds out when everybody sees it. */
export function useProductReads(id: string) {
  const client = useQueryClient();
  return {
    stream: productStream(id),
    reread: (version: number) => rereadProduct(client, id, version),
    plainVersion: async () => (await readProduct(id)).body.version,
  };
}

/** Sets a product's price. No If-Match: the shop compares with the price of the moment, and a sale in between is no conflict. */
export function usePriceChange({ id, pricing: { currency } }: Product) {
  return useCommand<number, Product>({
    ...useProductReads(id),
    send: (amount, header) => api.PUT("/products/{id}/price", { params: { path: { id }, header }, body: { amount, currency } }),
    show: withPrice,
  });
}

/** The product at another price, as its document will say it. */
export function withPrice(product: Product, currentPrice: number): Product {
  const { basePrice } = product.pricing;
  const discountPercent = basePrice > currentPrice ? cents((1 - currentPrice / basePrice) * 100) : 0;
  return { ...product, pricing: { ...product.pricing, currentPrice, discount: discountPercent, discountPercent } };
}

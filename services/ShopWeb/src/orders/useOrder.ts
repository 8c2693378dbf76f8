import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Read, read } from "../api/client.ts";
import type { Order } from "../api/types.ts";
import { useHints } from "../hints/useHints.ts";
import { retries } from "../parts/retries.ts";
import { useProductsById } from "../products/useProductsById.ts";
import { isOpen } from "./steps.ts";

export const orderStream = (id: string) => `order-${id}`;

const orderKey = (id: string) => ["order", id] as const;

export const readOrder = (id: string, atLeastVersion?: number) =>
  read<Order>(api.GET("/orders/{id}", { params: { path: { id }, query: atLeastVersion ? { atLeastVersion: `${atLeastVersion}` } : {} } }));

/** An order that follows its process, and the products in it. */
export function useOrder(id: string, isSignedIn: boolean) {
  const client = useQueryClient();
  const query = useQuery({ queryKey: orderKey(id), queryFn: () => readOrder(id), enabled: isSignedIn, ...retries });
  const order = query.data?.body;

  const knownVersion = () => client.getQueryData<Read<Order>>(orderKey(id))?.body.version ?? 0;

  /** True if the page then has that version or, without one, if something was new. */
  async function reread(atLeastVersion?: number): Promise<boolean> {
    if (atLeastVersion !== undefined && knownVersion() >= atLeastVersion) return true;
    const found = await readOrder(id, atLeastVersion);
    const isNew = found.body.version > knownVersion();
    if (isNew) client.setQueryData(orderKey(id), found);
    return isNew || (atLeastVersion !== undefined && knownVersion() >= atLeastVersion);
  }

  useHints(order && isOpen(order) ? [orderStream(id)] : [], ({ version }) => reread(version));
  const { products } = useProductsById((order?.items ?? []).map(({ productId }) => productId));
  return { query, order, reread, productOf: (productId: string) => products.find(product => product?.id === productId) };
}

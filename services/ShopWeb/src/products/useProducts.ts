import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, read } from "../api/client.ts";
import type { ProductSummary } from "../api/types.ts";
import { useHints } from "../hints/useHints.ts";
import { retries } from "../parts/retries.ts";
import { productStream } from "./readProduct.ts";

export type Filters = { q?: string; category?: string; sort?: string; minPrice?: string; maxPrice?: string };

type Page = { items: ProductSummary[]; next: string | null; partial?: boolean };

const pageSize = 24;

/** A list of products, page by page: browsed, or searched where there are words. Read again when one that it shows changes. */
export function useProducts(filters: Filters) {
  const query = useInfiniteQuery({
    queryKey: ["products", filters],
    queryFn: ({ pageParam }) => readPage(filters, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.body.next ?? undefined,
    ...retries,
    // An empty list names no stream to hear of, and a new product is in a list a moment later.
    refetchInterval: query => (query.state.data?.pages[0]?.body.items.length === 0 ? 3_000 : retries.refetchInterval(query)),
  });
  const items = query.data?.pages.flatMap(page => page.body.items) ?? [];
  useHints(items.slice(0, 100).map(({ id }) => productStream(id)), async ({ stream, version }) => {
    if (version && shows(items, stream, version)) return true;
    const { data } = await query.refetch({ cancelRefetch: false, throwOnError: true });
    const now = data?.pages.flatMap(page => page.body.items) ?? [];
    return version ? shows(now, stream, version) : signature(items) !== signature(now);
  });
  return { query, items, isPartial: query.data?.pages.some(page => page.body.partial) ?? false };
}

/** The categories of the newest products. The API lists none. */
export function useCategories(): string[] {
  const { data } = useQuery({ queryKey: ["categories"], queryFn: () => read<Page>(api.GET("/products", { params: { query: { limit: "100" } } })), staleTime: 60_000, ...retries });
  return [...new Set(data?.body.items.map(({ category }) => category))].sort();
}

function readPage({ q, category, sort, minPrice, maxPrice }: Filters, cursor?: string) {
  const limit = `${pageSize}`;
  return q
    ? read<Page>(api.GET("/products/search", { params: { query: given({ q, category, sort, minPrice, maxPrice, limit, cursor }) } }))
    : read<Page>(api.GET("/products", { params: { query: given({ category, sort, limit, cursor }) } }));
}

/** Without the parameters that have no value: the API refuses empty ones. */
const given = <Query extends Record<string, string | undefined>>(query: Query): Query => Object.fromEntries(Object.entries(query).filter(([, value]) => value)) as Query;

/** True unless the list has an older version. A product may also have left the list. */
const shows = (items: ProductSummary[], stream: string, atLeast: number) => items.every(({ id, version }) => productStream(id) !== stream || version >= atLeast);

const signature = (items: ProductSummary[]) => items.map(({ id, version, totalReviews }) => `${id}@${version}.${totalReviews}`).join();

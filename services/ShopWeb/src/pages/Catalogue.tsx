import { useLocation, useSearchParams } from "wouter";
import { CardBones } from "../parts/Bones.tsx";
import { Empty } from "../parts/Empty.tsx";
import { Failure } from "../parts/Failure.tsx";
import { useTitle } from "../parts/useTitle.ts";
import { Card } from "../products/Card.tsx";
import { Filters } from "../products/Filters.tsx";
import { Sort } from "../products/Sort.tsx";
import { useProducts } from "../products/useProducts.ts";

const names = ["category", "sort", "minPrice", "maxPrice"] as const;

/** All products, or those that a search finds. What is chosen stands in the address. */
export function CataloguePage({ isSearch = false }: { isSearch?: boolean }) {
  const [parameters, setParameters] = useSearchParams();
  const [, go] = useLocation();
  const chosen = Object.fromEntries(names.map(name => [name, parameters.get(name) ?? undefined]));
  const q = (isSearch && parameters.get("q")) || undefined;
  const { query, items, isPartial } = useProducts({ ...chosen, q });
  const title = q ? `Results for “${q}”` : (chosen.category ?? "All products");
  useTitle(title);

  /** An empty value takes the filter away. */
  const choose = (changes: Record<string, string | undefined>) =>
    setParameters(previous => {
      const next = new URLSearchParams(previous);
      for (const [name, value] of Object.entries(changes)) value ? next.set(name, value) : next.delete(name);
      return next;
    });

  return (
    <>
      <div className="row apart heading">
        <div>
          <h1 className={q ? undefined : "name"}>{title}</h1>
          <p className="hush small">A list can be a second behind its products. Open one to see its newest version.</p>
        </div>
        <Sort value={chosen.sort} isSearch={Boolean(q)} onChange={sort => choose({ sort })} />
      </div>
      <div className="browse">
        <Filters chosen={chosen} isSearch={Boolean(q)} onChoose={choose} />
        <div className="stack roomy" aria-busy={query.isFetching}>
          {query.isPending && <CardBones />}
          {query.isError && items.length === 0 && (
            <Failure what="The list" error={query.error} hint="Single products still open." onRetry={() => void query.refetch()} />
          )}
          {query.isError && items.length > 0 && (
            <p className="note">
              <span className="tag offline">Reconnecting</span> You see the last known list. It updates when the connection is back.
            </p>
          )}
          {query.isSuccess && items.length === 0 && (
            <Empty
              title={q ? `No product matches “${q}”` : "Nothing is for sale here yet"}
              text={q ? "Check the spelling, or look in a wider price range." : "Sign in as a seller and put the first product on sale."}
            >
              <button type="button" className="button quiet low" onClick={() => go(q ? "/" : "/shop/desk")}>
                {q ? "Show all products" : "Go to the seller’s desk"}
              </button>
            </Empty>
          )}
          {items.length > 0 && (
            <ul className="grid" aria-label="Products">
              {items.map(product => (
                <Card product={product} key={product.id} />
              ))}
            </ul>
          )}
          {isPartial && <p className="small hush">One of your words is in very many products. Add another word to see every match.</p>}
          {query.hasNextPage && (
            <p>
              <button type="button" className="button quiet" aria-disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Show more products
              </button>
            </p>
          )}
        </div>
      </div>
    </>
  );
}

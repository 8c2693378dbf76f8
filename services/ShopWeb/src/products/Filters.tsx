import { type FormEvent, useState } from "react";
import { Link, useSearchParams } from "wouter";
import { TextField } from "../parts/TextField.tsx";
import { useCategories } from "./useProducts.ts";

type Props = {
  chosen: { category?: string; minPrice?: string; maxPrice?: string };
  isSearch: boolean;
  onChoose: (changes: Record<string, string | undefined>) => void;
};

/** Narrows a list: by category, and by price where it is a search. */
export function Filters({ chosen, isSearch, onChoose }: Props) {
  const categories = useCategories();
  const shown = chosen.category && !categories.includes(chosen.category) ? [chosen.category, ...categories] : categories;
  return (
    <div className="filters">
      <nav aria-label="Categories">
        <h2 className="legend">Category</h2>
        <ul className="pick" data-scroll>
          <li>
            <Category name={undefined} current={chosen.category} />
          </li>
          {shown.map(name => (
            <li key={name}>
              <Category name={name} current={chosen.category} />
            </li>
          ))}
        </ul>
      </nav>
      {isSearch && <PriceRange key={`${chosen.minPrice}-${chosen.maxPrice}`} chosen={chosen} onChoose={onChoose} />}
    </div>
  );
}

function Category({ name, current }: { name: string | undefined; current: string | undefined }) {
  const [parameters] = useSearchParams();
  const target = new URLSearchParams(parameters);
  if (name) target.set("category", name);
  else target.delete("category");
  return (
    <Link href={`?${target}`} aria-current={name === current ? "true" : undefined} className="name">
      {name ?? "All"}
    </Link>
  );
}

function PriceRange({ chosen, onChoose }: Omit<Props, "isSearch">) {
  const [least, setLeast] = useState(chosen.minPrice ?? "");
  const [most, setMost] = useState(chosen.maxPrice ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChoose({ minPrice: least, maxPrice: most });
  };
  return (
    <form className="stack tight" aria-label="Price" onSubmit={submit}>
      <h2 className="legend">Price</h2>
      <div className="range">
        <TextField label="Lowest price" isLabelHidden value={least} inputMode="decimal" pattern="\d+([.]\d{1,2})?" placeholder="From" onChange={setLeast} />
        <TextField label="Highest price" isLabelHidden value={most} inputMode="decimal" pattern="\d+([.]\d{1,2})?" placeholder="To" onChange={setMost} />
      </div>
      <p>
        <button type="submit" className="button quiet low">
          Set the price range
        </button>
      </p>
    </form>
  );
}

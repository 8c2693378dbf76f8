const sorts = [
  ["newest", "Newest first"],
  ["price", "Lowest price first"],
  ["-price", "Highest price first"],
  ["name", "Name, A to Z"],
] as const;

type Props = { value: string | undefined; isSearch: boolean; onChange: (sort: string | undefined) => void };

/** The order of a list. What is not chosen is the API's own: newest, or best match. */
export const Sort = ({ value, isSearch, onChange }: Props) => (
  <div className="row">
    <label className="small strong" htmlFor="sort">
      Sort by
    </label>
    <div className="field sort">
      <select id="sort" value={value ?? ""} onChange={event => onChange(event.target.value || undefined)}>
        {isSearch && <option value="">Best match</option>}
        {sorts.map(([sort, text]) => (
          <option key={sort} value={!isSearch && sort === "newest" ? "" : sort}>
            {text}
          </option>
        ))}
      </select>
    </div>
  </div>
);

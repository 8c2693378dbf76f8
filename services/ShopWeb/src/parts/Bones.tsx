import { useEffect, useState } from "react";

/** True after 150 ms: a quick answer shows no grey shapes at all. */
function useIsSlow() {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return isSlow;
}

/** Grey shapes of the size of the cards to come, standing still. */
export function CardBones({ count = 8 }: { count?: number }) {
  const isSlow = useIsSlow();
  return (
    <div role="status">
      <span className="unseen">Loading products…</span>
      <ul className={isSlow ? "grid" : "grid early"} aria-hidden="true">
        {Array.from({ length: count }, (_, i) => (
          <li className="card" key={i}>
            <span className="bone square" />
            <span className="bone wide" />
            <span className="bone narrow" />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Lines of text to come. */
export function LineBones({ what, lines = 4 }: { what: string; lines?: number }) {
  const isSlow = useIsSlow();
  return (
    <div role="status" className={isSlow ? "stack" : "stack early"}>
      <span className="unseen">Loading {what}…</span>
      {Array.from({ length: lines }, (_, i) => (
        <span className={i % 3 === 2 ? "bone narrow" : "bone wide"} key={i} />
      ))}
    </div>
  );
}

/** A rating as one image with a text. */
export const Stars = ({ rating }: { rating: number }) => (
  <span className="stars" role="img" aria-label={`${rating} of 5 stars`}>
    {[1, 2, 3, 4, 5].map(star => (
      <svg key={star} aria-hidden="true">
        <use href={rating >= star - 0.25 ? "#star" : rating >= star - 0.75 ? "#star-half" : "#star-none"} />
      </svg>
    ))}
  </span>
);

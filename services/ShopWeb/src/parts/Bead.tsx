/** The logo: three beads on a thread, from "shown here" over "accepted" to "everywhere". */
export const Mark = () => (
  <svg viewBox="0 0 52 16" aria-hidden="true">
    <path d="M8 8h36" stroke="currentColor" strokeWidth="1.5" />
    <circle className="hollow" cx="8" cy="8" r="5" stroke="currentColor" strokeWidth="2" strokeDasharray="2.9 2.3" />
    <circle className="hollow" cx="26" cy="8" r="5" stroke="currentColor" strokeWidth="2" />
    <path d="M26 3a5 5 0 0 0 0 10z" fill="currentColor" />
    <circle cx="44" cy="8" r="6" fill="currentColor" />
  </svg>
);

/** Three empty beads: nothing here yet. */
export const NothingBeads = () => (
  <svg className="beads" viewBox="0 0 96 28" aria-hidden="true">
    <path d="M23 14h16M57 14h16" strokeDasharray="4 4" />
    <g strokeDasharray="4 3">
      <circle cx="14" cy="14" r="9" />
      <circle cx="48" cy="14" r="9" />
      <circle cx="82" cy="14" r="9" />
    </g>
  </svg>
);

/** The thread is cut after the first bead: something is down. */
export const CutBeads = () => (
  <svg className="beads cut" viewBox="0 0 96 28" aria-hidden="true">
    <path d="M23 14h11" />
    <path d="M57 14h16" strokeDasharray="3 5" />
    <circle className="full" cx="14" cy="14" r="9" />
    <circle cx="48" cy="14" r="9" />
    <circle cx="82" cy="14" r="9" />
  </svg>
);

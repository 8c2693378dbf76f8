/** The page of a stream, at a version or at its newest. */
export const streamPath = (stream: string, version?: number) => `/stream/${encodeURIComponent(stream)}${version === undefined ? "" : `/${version}`}`;

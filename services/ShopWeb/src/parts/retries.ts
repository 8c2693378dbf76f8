import { ApiError } from "../api/problem.ts";

const seconds = 8;

/** How reads are repeated: two quick retries, then every few seconds while the failure may pass. */
export const retries = {
  retry: (failures: number, error: unknown) => error instanceof ApiError && error.isTemporary && failures < 2,
  retryDelay: (failures: number, error: unknown) => 1000 * Math.max((error as ApiError).retryAfter ?? 0, 0.5 * 2 ** failures),
  refetchInterval: ({ state }: { state: { error: unknown } }) => (state.error instanceof ApiError && state.error.isTemporary ? seconds * 1000 : false),
} as const;

export const retrySeconds = seconds;

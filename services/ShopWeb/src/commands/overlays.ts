/**
 * Changes that only this page shows. They lie over what the server said and never mix with it, so a rollback is to
 * take one away, and a re-read in the meantime does no harm.
 */
export type Overlay = (document: never) => unknown;

const overlays = new Map<string, readonly Overlay[]>();
const listeners = new Set<() => void>();
const none: readonly Overlay[] = [];

/** Lays a change over a stream's document. The answer takes it away. */
export function lay(stream: string, overlay: Overlay): () => void {
  set(stream, [...overlaysOf(stream), overlay]);
  return () => set(stream, overlaysOf(stream).filter(other => other !== overlay));
}

/** The same array until something changes, as `useSyncExternalStore` needs. */
export const overlaysOf = (stream: string) => overlays.get(stream) ?? none;

export const under = <Document>(stack: readonly Overlay[], document: Document): Document =>
  stack.reduce<Document>((shown, overlay) => overlay(shown as never) as Document, document);

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function set(stream: string, stack: readonly Overlay[]) {
  if (stack.length > 0) overlays.set(stream, stack);
  else overlays.delete(stream);
  for (const listener of listeners) listener();
}

/** What the customer means to buy. It stays on this device until it is ordered. */
export type Line = { productId: string; quantity: number };

/** As the API limits an order. */
export const mostLines = 20;
export const mostPieces = 999;

const key = "shop.basket";
const listeners = new Set<() => void>();
let lines: readonly Line[] = load();

export const basketLines = () => lines;

export function onBasket(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Adds pieces; false when the basket is full. */
export function add(productId: string, quantity: number): boolean {
  const next = withMore(lines, productId, quantity);
  if (!next) return false;
  save(next);
  return true;
}

/** Sets how many; 0 takes the product out. */
export const setQuantity = (productId: string, quantity: number) =>
  save(quantity < 1 ? lines.filter(line => line.productId !== productId) : lines.map(line => (line.productId === productId ? { ...line, quantity: Math.min(quantity, mostPieces) } : line)));

export const clear = () => save([]);

export function withMore(lines: readonly Line[], productId: string, quantity: number): Line[] | undefined {
  const known = lines.find(line => line.productId === productId);
  if (!known && lines.length >= mostLines) return undefined;
  const total = Math.min((known?.quantity ?? 0) + quantity, mostPieces);
  return known ? lines.map(line => (line === known ? { productId, quantity: total } : line)) : [...lines, { productId, quantity: total }];
}

function save(next: readonly Line[]) {
  lines = next;
  localStorage.setItem(key, JSON.stringify(lines));
  for (const listener of listeners) listener();
}

function load(): Line[] {
  try {
    const stored: unknown = JSON.parse(globalThis.localStorage?.getItem(key) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isLine).slice(0, mostLines) : [];
  } catch {
    return [];
  }
}

function isLine(line: Partial<Line>): line is Line {
  return typeof line?.productId === "string" && Number.isInteger(line.quantity) && line.quantity! > 0;
}

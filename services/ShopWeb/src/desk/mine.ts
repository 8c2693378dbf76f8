const keyOf = (seller: string) => `shop.mine.${seller}`;

/** Products that this seller created on this device, the newest first. */
export function mine(seller: string): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(seller)) ?? "[]");
    return Array.isArray(stored) ? stored.filter(id => typeof id === "string") : [];
  } catch {
    return [];
  }
}

export const remember = (seller: string, id: string) => localStorage.setItem(keyOf(seller), JSON.stringify([id, ...mine(seller)].slice(0, 50)));

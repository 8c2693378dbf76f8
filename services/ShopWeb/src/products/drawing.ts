const drawings: [RegExp, string][] = [
  [/earbud|in-ear/, "earbuds"],
  [/\b(stand|rack|shelf|furniture|chair|table)\b/, "stand"],
  [/turntable|record|vinyl/, "turntable"],
  [/microphone|mic\b/, "microphone"],
  [/case|luggage|pouch/, "case"],
  [/cable|cord|charger|adapter/, "cable"],
  [/speaker|sound|radio/, "speaker"],
  [/headphone|headset|audio|over-ear/, "headphones"],
  [/lamp|light|lantern/, "lamp"],
  [/cup|mug|tea|coffee|kitchen|groceries|bottle/, "cup"],
  [/bag|backpack|pack|tote|purse|wallet|accessories/, "bag"],
];

const plates = ["sand", "sky", "blush", "sage"] as const;

/** The drawing that fits a product's name and category best. */
export function drawingOf(name: string, category: string): string {
  const find = (text: string) => drawings.find(([words]) => words.test(text.toLowerCase().replaceAll("‑", "-")))?.[1];
  return find(name) ?? find(category) ?? "box";
}

/** A plate colour that stays with the product. */
export const plateOf = (id: string) => plates[[...id].reduce((sum, character) => sum + character.charCodeAt(0), 0) % plates.length];

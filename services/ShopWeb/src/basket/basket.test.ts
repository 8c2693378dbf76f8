import assert from "node:assert/strict";
import { test } from "node:test";

const stored = new Map<string, string>([["shop.basket", JSON.stringify([{ productId: "p1", quantity: 2 }, { productId: 7 }, null])]]);
globalThis.localStorage = { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value) } as Storage;
const { add, basketLines, mostLines, setQuantity } = await import("./basket.ts");

test("A basket outlives a reload, without what is no line", () => assert.deepEqual(basketLines(), [{ productId: "p1", quantity: 2 }]));

test("Adding a product again adds its pieces", () => {
  add("p1", 3);
  assert.deepEqual(JSON.parse(stored.get("shop.basket")!), [{ productId: "p1", quantity: 5 }]);
});

test("A full basket takes no further product", () => {
  for (let i = 2; i <= mostLines; i++) assert.equal(add(`p${i}`, 1), true);
  assert.equal(add("one too many", 1), false);
  assert.equal(basketLines().length, mostLines);
});

test("No pieces take the product out", () => {
  setQuantity("p2", 0);
  assert.equal(basketLines().some(({ productId }) => productId === "p2"), false);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { lay, overlaysOf, subscribe, under } from "./overlays.ts";

type Product = { price: number };

test("A change shows at once and a rollback takes exactly it away", () => {
  let heard = 0;
  const stop = subscribe(() => heard++);
  const shown = () => under(overlaysOf("product-1"), { price: 100 });
  const first = lay("product-1", (product: Product) => ({ ...product, price: 80 }));
  const second = lay("product-1", (product: Product) => ({ ...product, price: product.price + 1 }));
  assert.deepEqual(shown(), { price: 81 });
  first();
  assert.deepEqual(shown(), { price: 101 });
  second();
  assert.deepEqual(shown(), { price: 100 });
  assert.equal(heard, 4);
  stop();
});

test("A change of one stream leaves others alone", () => {
  const takeBack = lay("product-1", (product: Product) => ({ ...product, price: 1 }));
  assert.deepEqual(under(overlaysOf("product-2"), { price: 100 }), { price: 100 });
  takeBack();
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Order } from "../api/types.ts";
import { stepsOf } from "./steps.ts";

const at = "2026-11-02T10:00:00+00:00";
const order = (change: Partial<Order>): Order => ({
  id: "o1", customer: "c1", status: "pending", items: [{ productId: "p1", quantity: 2 }, { productId: "p2", quantity: 1 }], version: 1, createdAt: at, updatedAt: "2026-11-02T10:00:00.391+00:00", ...change,
});
const kinds = (change: Partial<Order>) => stepsOf(order(change), id => id).map(({ kind }) => kind);
const reserved = { productId: "p1", quantity: 2, unitPrice: 80, seller: "s1" };

test("A pending order sets each product aside", () => assert.deepEqual(kinds({}), ["done", "now", "now", "later", "later"]));

test("A confirmed order is done", () =>
  assert.deepEqual(kinds({ status: "confirmed", items: [reserved], currency: "USD", total: 160 }), ["done", "done", "done", "done"]));

test("A rejected order gives back what it had, and shows what declined", () =>
  assert.deepEqual(kinds({ status: "rejected", reason: "Sold out.", items: [reserved, { productId: "p2", quantity: 1 }] }), ["done", "back", "no", "never", "end"]));

test("A rejected order blames no product where it cannot know", () => assert.deepEqual(kinds({ status: "rejected" }), ["done", "never", "never", "never", "end"]));

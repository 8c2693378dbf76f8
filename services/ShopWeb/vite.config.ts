import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const shop = process.env.SHOP_URL ?? "http://127.0.0.1:8080";
const api = ["/products", "/orders", "/reviews", "/users", "/commands", "/health", "/config.json"];

export default defineConfig({
  plugins: [react()],
  build: { target: "es2023", modulePreload: { polyfill: false }, assetsInlineLimit: 0, cssCodeSplit: false, reportCompressedSize: false },
  // `npm run dev` serves the page from its sources, and everything else from a local stack.
  server: { port: 5173, proxy: { ...Object.fromEntries(api.map(path => [path, shop])), "/live": { target: shop, ws: true } } },
});

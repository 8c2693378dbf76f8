import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: { target: "es2024", modulePreload: { polyfill: false }, assetsInlineLimit: 0, cssCodeSplit: false, reportCompressedSize: false },
  // `npm run dev` serves the page from its sources, and the data of a console that runs: CONSOLE_URL=http://127.0.0.1:PORT.
  server: { port: 5174, proxy: { "/api": process.env.CONSOLE_URL ?? "http://127.0.0.1:8095" } },
});

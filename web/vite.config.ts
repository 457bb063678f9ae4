import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// The page lives under a strict Content-Security-Policy: nothing may be inlined, neither script nor style nor image.
export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: "../src/vaughn/app/static",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    target: "es2022",
    sourcemap: false,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8788" } },
  test: { include: ["tests/**/*.test.ts"] },
});

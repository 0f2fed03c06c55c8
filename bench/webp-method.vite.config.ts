import { defineConfig, mergeConfig, type Plugin } from "vite";
import app from "../vite.config.ts";

/** The app with the method of libwebp that sharp takes by itself, to compare the two at the same settings. */
const slowerMethod: Plugin = {
  name: "webp-method",
  enforce: "pre",
  transform(code, id) {
    if (!id.endsWith("/encode-webp.ts")) return undefined;
    if (!code.includes("method: 2")) throw new Error("encode-webp.ts no longer says its method.");
    return { code: code.replaceAll("method: 2", "method: 4"), map: null };
  },
};

export default mergeConfig(
  app,
  defineConfig({
    plugins: [slowerMethod],
    worker: { plugins: () => [slowerMethod] },
    build: { outDir: "node_modules/.cache/bench/method-4" },
  }),
);

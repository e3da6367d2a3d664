import { defineConfig } from "vitest/config"

export default defineConfig({
    test: {
        include: ["test/**/*.test.ts"],
        exclude: ["**/node_modules/**"],
        testTimeout: 30_000,
        // Compiling a device program is CPU-bound: more workers than cores only makes tests time out.
        maxWorkers: 2,
    },
})

import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

export default defineConfig({
    test: {
        include: ["test/**/*.test.ts"],
        // What needs programs of the system has a suite of its own.
        exclude: ["**/node_modules/**", "test/system/**"],
        // Builds are kept from one run to the next, apart from those of whoever runs the tests.
        env: {
            XDG_CACHE_HOME: fileURLToPath(new URL("node_modules/.cache/test", import.meta.url)),
        },
        globalSetup: ["test/warm-compiler.ts"],
        setupFiles: ["test/no-child-left.ts"],
        testTimeout: 30_000,
        // A shared machine can stop for seconds while a real port is waited for: once more, and it is told.
        retry: process.env.CI ? 1 : 0,
        // Hooks compile what the tests run: nothing of a test's own time goes into that.
        hookTimeout: 60_000,
        // Compiling a device program is CPU-bound: more workers than cores only makes tests time out.
        maxWorkers: 2,
    },
})

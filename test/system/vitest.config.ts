import { defineConfig } from "vitest/config"
import { nativeModules } from "../native-modules.mjs"

/** Tests that want programs of the system, which `.ci/run` installs: `npm run test:system`. */
export default defineConfig({
    plugins: [nativeModules()],
    test: {
        include: ["test/system/**/*.test.ts"],
        globalSetup: ["test/native-modules.mjs", "test/warm-compiler.ts"],
        setupFiles: ["test/no-child-left.ts"],
        testTimeout: 60_000,
        hookTimeout: 60_000,
        maxWorkers: 1,
        // Its modules import each other without an ending, which only a bundler resolves.
        server: { deps: { inline: ["tasmota-webserial-esptool"] } },
    },
})

import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"
import { FileOrder } from "./test/file-order.mjs"
import { nativeModules } from "./test/native-modules.mjs"

/**
 * Pages in Chromium, which takes more than one core by itself: with two others beside it, a page gets no picture
 * drawn for a minute.
 */
const PAGES = [
    "test/e2e/{editor,page,page-*,pictures,playground-*}.test.ts",
    "test/e2e/playground/*.test.ts",
]

/**
 * Those of them that `npm test` runs: a page of each kind, and that the tab reports what the command does. All
 * pages together are as much work as everything else, and have a command of their own: `npm run test:pages`.
 */
const SOME_PAGES = [
    "test/e2e/{page-edit,page-travel,pictures}.test.ts",
    "test/e2e/playground/{equality,site,weights}.test.ts",
]

/** How tests of pages run. */
const IN_CHROMIUM = {
    exclude: ["**/node_modules/**"],
    isolate: false,
    globalSetup: ["test/e2e/shared-chromium.ts"],
    maxWorkers: 2,
    sequence: { groupOrder: 1 },
}

/** What runs commands, in processes of their own or one after the other in its own, or has boards at ports. */
const COMMANDS = ["test/e2e/*.test.ts", "test/vm/link/*.test.ts"]

/** What runs no board, and changes nothing in its process: one process serves many such files. */
const UNIT = [
    "test/src/**/*.test.ts",
    "test/host/{base,wire,model,documents,analysis,boards,recording,sinks,page}/**/*.test.ts",
]

/**
 * Nor does this change anything in its process, but it wants files, ports or a compiler as Linux has them. To
 * start a process and to load our modules into it takes half a second.
 */
const MODULES = [
    "test/host/{api,cli,lsp}/**/*.test.ts",
    "test/host/compiler/{generate,language,schema,unused}/**/*.test.ts",
    "test/host/compiler/*.test.ts",
    // These build programs in processes and threads of their own.
    "test/host/compiler/node/!(build|official-build).test.ts",
    "test/host/compiler/node/build-cache.test.ts",
    "test/host/link/{agent,deploy,heap-image,jacdac,reach}/**/*.test.ts",
    // That measures the memory of its process.
    "test/host/link/!(bounded).test.ts",
    "test/host/link/node/*.test.ts",
    "test/host/playground/**/*.test.ts",
    "test/host/made-of.test.ts",
]

/** What runs boards inside its process: one process serves many such files, too, and V8 compiles the VM once. */
const SIMULATED = ["test/vm/*.test.ts", "test/host/{simulator,tasks}/**/*.test.ts"]

// No test asks anybody on a network. With certificates of its own, each process of Node takes 80 ms more to
// start, and tests start hundreds.
delete process.env.NODE_EXTRA_CA_CERTS

export default defineConfig({
    plugins: [nativeModules()],
    test: {
        // They run in the order of their names: the short files come last, and both workers end at once.
        projects: [
            { extends: true, test: { ...IN_CHROMIUM, name: "pages", include: SOME_PAGES } },
            {
                extends: true,
                test: {
                    ...IN_CHROMIUM,
                    name: "more-pages",
                    include: PAGES,
                    exclude: [...IN_CHROMIUM.exclude, ...SOME_PAGES],
                },
            },
            {
                extends: true,
                test: {
                    name: "boards",
                    include: ["test/**/*.test.ts"],
                    // What needs programs of the system has a suite of its own.
                    exclude: [
                        ...["**/node_modules/**", "test/system/**"],
                        ...[...PAGES, ...COMMANDS, ...MODULES, ...SIMULATED, ...UNIT],
                    ],
                },
            },
            {
                extends: true,
                test: {
                    name: "commands",
                    include: COMMANDS,
                    exclude: ["**/node_modules/**", ...PAGES],
                    isolate: false,
                },
            },
            { extends: true, test: { name: "modules", include: MODULES, isolate: false } },
            { extends: true, test: { name: "simulated", include: SIMULATED, isolate: false } },
            { extends: true, test: { name: "unit", include: UNIT, isolate: false } },
        ],
        sequence: { sequencer: FileOrder },
        // Builds are kept from one run to the next, apart from those of whoever runs the tests.
        env: {
            // What is told of a run was found by one.
            HEAPSCOPE_KEPT: "0",
            XDG_CACHE_HOME: fileURLToPath(new URL("node_modules/.cache/test", import.meta.url)),
        },
        globalSetup: ["test/native-modules.mjs", "test/warm-compiler.ts"],
        // A change to what the modules are made from, too.
        forceRerunTriggers: ["**/host/**", "**/src/**", "**/vitest.config.*"],
        setupFiles: ["test/optimize-later.ts", "test/no-child-left.ts"],
        // What hangs is found at these; nothing that works comes near them, on a machine that does ten
        // other things either.
        testTimeout: 90_000,
        // Hooks compile what the tests run: nothing of a test's own time goes into that.
        hookTimeout: 180_000,
        // Compiling a device program is CPU-bound: more workers than two cores can feed only make tests
        // time out. Two more have them busy while others wait for real ports and terminals.
        maxWorkers: 4,
    },
})

// Runs the fuzz drivers at length: npm run fuzz -- [driver ...] [--count n] [--commands n] [--seed n] [--from n]
// Each input is made from the seed and its number alone, so that a run is taken up again with --from.
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"

const number = { type: "string" }
const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { count: number, commands: number, seed: number, from: number },
})
const all = positionals.length === 0
const files = [
    ...(all || positionals.some(name => name !== "commands") ? ["test/fuzz/decoders.test.ts"] : []),
    ...(all || positionals.includes("commands") ? ["test/fuzz/commands.test.ts"] : []),
]
const names = positionals.filter(name => name !== "commands")
const root = fileURLToPath(new URL("../../", import.meta.url))
const child = spawn(
    process.execPath,
    [
        ...[
            `${root}node_modules/vitest/vitest.mjs`,
            "run",
            ...files,
            "--disable-console-intercept",
        ],
        ...(names.length > 0 ? ["-t", `^(?:${names.join("|")}|\\d+ hostile commands)\\b`] : []),
    ],
    {
        cwd: root,
        stdio: "inherit",
        env: {
            ...process.env,
            HEAPSCOPE_FUZZ_COUNT: values.count ?? "1000000",
            HEAPSCOPE_FUZZ_COMMANDS:
                values.commands ??
                (positionals.includes("commands") ? values.count : undefined) ??
                "2000",
            HEAPSCOPE_FUZZ_SEED: values.seed ?? "1",
            HEAPSCOPE_FUZZ_FROM: values.from ?? "0",
        },
    },
)
child.on("exit", code => process.exit(code ?? 1))

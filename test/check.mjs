// npm run check: types, lint and layout, at once, since each is one thread's work. Each tells all that
// it finds when it is through.
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../", import.meta.url))
/** TypeScript 7 checks in a tenth of the time; what is built with TypeScript as a library takes 6. */
const TSC = "typescript7/bin/tsc"
/**
 * Both compilers in Go end with less than that: to collect garbage took a tenth of their time for nothing. With
 * more threads than one each they take a third more of the processor, and beside each other on two cores as long.
 */
const GO = { GOGC: "off", GOMEMLIMIT: "2GiB", GOMAXPROCS: "1" }

const failed = []
await Promise.all([
    run("oxlint/bin/oxlint", "--threads=1"),
    run("oxfmt/bin/oxfmt", "--check"),
    run(TSC, "--noEmit", "--singleThreaded").then(() => run(TSC, "-p", "tsconfig.src.json")),
])
if (failed.length > 0) console.error(`check: ${failed.join(", ")} found something.`)
process.exit(failed.length > 0 ? 1 : 0)

/** Runs a package's program and prints what it said. */
function run(program, ...args) {
    const child = spawn(process.execPath, [`${root}node_modules/${program}`, ...args], {
        cwd: root,
        env: { ...process.env, ...GO },
        stdio: ["ignore", "pipe", "pipe"],
    })
    let said = ""
    for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", text => (said += text))
    return new Promise(done =>
        child.on("close", code => {
            process.stdout.write(said)
            if (code !== 0) failed.push(program.split("/")[0])
            done()
        }),
    )
}

// Runs every benchmark, or those named: `npm run bench`, `npm run bench -- vm`. They are bundled first,
// as the product is: a test runner's module loader would be measured with them. What they tell goes into
// the table of README.md; the rows of those that did not run stay.
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { format } from "oxfmt"

const folder = fileURLToPath(new URL("./", import.meta.url))
const names = readdirSync(folder)
    .filter(file => file.endsWith(".bench.ts"))
    .map(file => file.slice(0, -".bench.ts".length))
const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !names.includes(name))
if (unknown.length > 0) {
    console.error(`no benchmark ${unknown.join(", ")}: there are ${names.join(", ")}`)
    process.exit(2)
}

// Beside dist/, from where the built code finds the package's files.
const made = mkdtempSync(fileURLToPath(new URL("../../.bench-", import.meta.url)))
const results = `${made}/results`
const rows = rowsOf(`${folder}README.md`)
let failed = false
try {
    for (const name of wanted.length > 0 ? wanted : names) {
        const outfile = `${made}/${name}.mjs`
        await build({
            entryPoints: [`${folder}${name}.bench.ts`],
            outfile,
            bundle: true,
            platform: "node",
            format: "esm",
            packages: "external",
            logLevel: "warning",
        })
        console.log(`\n${name}`)
        writeFileSync(results, "")
        const env = { ...process.env, BENCH_RESULTS: results }
        failed =
            spawnSync(process.execPath, [outfile], { stdio: "inherit", env }).status !== 0 || failed
        rows.set(
            name,
            readFileSync(results, "utf8")
                .trim()
                .split("\n")
                .filter(Boolean)
                .map(line => JSON.parse(line)),
        )
    }
    writeFileSync(`${folder}README.md`, (await format("README.md", page())).code)
} finally {
    rmSync(made, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0

/** The rows of the table as it is, by benchmark. */
function rowsOf(file) {
    const rows = new Map()
    const text = existsSync(file) ? readFileSync(file, "utf8") : ""
    for (const [, name, what, ratio, goal] of text.matchAll(
        /^\| `([\w-]+)` +\| (.+?) +\| ([\d.]+) +\| ([\d.]+) +\|/gm,
    ))
        rows.set(name, [
            ...(rows.get(name) ?? []),
            { what, ratio: Number(ratio), goal: Number(goal) },
        ])
    return rows
}

function page() {
    const lines = [...rows]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([name, all]) =>
            all.map(({ what, ratio, goal }) => {
                const isReached = ratio <= goal ? "yes" : "no"
                return `| \`${name}\` | ${what} | ${ratio.toFixed(2)} | ${goal} | ${isReached} |`
            }),
        )
    return [
        "# Benchmarks",
        "",
        "Ratios of two things measured in turn in one run, so that a slow machine slows both. Made by `npm run bench`; `npm run bench -- start vm` does those anew. Those of commands and of the structures measure what `node host/prepare.mjs --code` made. `node test/bench/builds.mjs <old build>` holds two builds against each other.",
        "",
        `The last run was on Node ${process.version} and ${cpus()[0].model}.`,
        "",
        "| benchmark | what | ratio | goal | reached |",
        "| --- | --- | --- | --- | --- |",
        ...lines,
        "",
        "What stands in the way of those that are not reached, measured by hand on two cores of this kind:",
        "",
        "- A run all the same, to Node's own start: the bare VM alone, loaded and run for those 10 seconds with nothing observed, takes 2.3 to 3.4 of it. So only a report that is kept can come to 2.2.",
        "- After an edit with no process kept: 0.31 of the processor and 0.27 by the clock on 26 November, 0.40 and 0.46 on the 27th, the build before the same (1.36 s for one, where `devs build` took 3.0 s). What differs between the two days is not known.",
        "- `run()` to the bare VM, the station: 1.21 to 1.31 in single rounds. Of its samples 58 % are the VM's own code, 12 % ours, where no function has more than 2.8 %; the rest is V8's, which compiles and collects.",
        "- The station in its world, to `--world none`: the VM as it comes, with nothing observed, takes 1.29 times as long itself when the same 8,851 frames come to it that the devices of that world send, readings ten times a second as their specification has it (`npm run bench -- world` tells both, side by side). To the same board with the same frames, played back, the world takes 1.04 to 1.07 times as long.",
        "- `check`, all cores to one: two bare loops side by side take 1.12 times as long as one alone, so 0.56 is the least there is. Beside that each thread compiles its own code anew: its first run takes 1.1 s longer than those after it. Two processes that share nothing, six boards each, come to 0.59 to 0.61 on the same machine.",
        "- `FixedMap`, to `SparseMap`: that one is an array with the key as index, and so takes memory for the greatest key that there may be; ours looks for the key among those that it has. It is faster than `Map`, which looks, too.",
        "- `StringBuilder`, to `+=`: the bytes of a line are counted, so that it can be refused before it is too long. `+=` with the bytes of the finished line counted takes longer than ours. A class with a method that does `+=` and compares a length, and counts nothing, takes 1.5 times `+=`: that is the least of a line that is kept in an object. To look at each character of a part for one that is not ASCII takes the rest.",
        "- `StructOfArrays`, get of a field: two bytes put together in a loop, with the index checked and the field known when it was written, take 1.4 times a field of an object. The rest is that the field is a number, which says where it is and of which type, and is checked as well.",
        "",
    ].join("\n")
}

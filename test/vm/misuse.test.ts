import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { build as bundle } from "esbuild"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { buildProgram } from "../../host/compiler/node/build"
import { NODE_TWINS } from "../../host/node-twins.mjs"
import { run } from "../../host/simulator/run"
import { fromRoot, printed, vm } from "./harness"
import { misuseProgram } from "./misuse/program"
import { surface, type Callable } from "./misuse/surface"
import { TAKEN, UNCHECKED } from "./misuse/values"

/** The compiler reads the declarations; a compile; some three thousand errors on the VM and in Node. */
const RUNNING_MS = 120_000

/** `RingBuffer.push value -1: RangeError: value must be an integer from 0 to 255, got -1` */
const MISUSE = /^([\w.]+) (\w+) (\S+): (.*)$/
const ERROR = /^(RangeError|TypeError): (.*)$/
const MESSAGE = new RegExp(
    "^([\\w ]+) must (" +
        [
            "be an? [\\w ]+, got .*",
            "be an integer from -?\\d+ (to|and below the length) -?\\d+, got .*",
            "be an integer of at most 15 digits, got .*",
            "be a power of two from 1 to 64, got .*",
            "be U8 to U32 or I8 to I32 and an offset times AT, got .*",
            "be (an array or a number|one ASCII character|one character|bytes|a number), got .*",
            "be (lent|handed) out, but .*",
            "be rows of rowBytes .*",
            "have the same capacity \\d+, but has .*",
            "not be undefined",
        ].join("|") +
        ")$",
)
/** What an argument's range is the range of, where the message says it more exactly. */
const OTHER_NAMES: Record<string, string[]> = {
    start: ["end", "end of the field"],
    end: ["start"],
    field: ["end of the field", "start"],
    kind: ["bits of the kind", "values of the kind", "value", "index"],
    rowBytes: ["row", "table", "end of the field"],
    stride: ["end of the field"],
    bits: ["index", "value"],
    width: ["value"],
    sizes: ["number of sizes"],
    elementBytes: ["capacity"],
    list: ["index"],
    map: ["slot"],
    payloadBytes: ["capacity"],
    ring: ["index"],
    table: ["bytes", "symbol"],
    union: ["index"],
    values: ["value"],
    vector: ["index"],
}

const callables = surface()
const made = () => {
    mkdirSync(fromRoot("node_modules/.cache"), { recursive: true })
    return mkdtempSync(fromRoot("node_modules/.cache/misuse-"))
}
const folder = made()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const onBoard: string[] = []
const inNode: string[] = []
const misuses = () =>
    onBoard.flatMap(line => {
        const [, called = "", argument = "", value = "", said = ""] = MISUSE.exec(line) ?? []
        return argument === "swapped" || !/^[a-z]/i.test(argument) || !value
            ? []
            : [{ what: `${called} ${argument} ${value}`, called, argument, value, said }]
    })

beforeAll(async () => {
    writeFileSync(join(folder, "devsconfig.json"), "{}")
    writeFileSync(join(folder, "package.json"), '{ "name": "misuse" }')
    // Together they are more than a board takes.
    const third = Math.ceil(callables.length / 3)
    for (let part = 0; part < 3; part++) {
        const some = callables.slice(part * third, (part + 1) * third)
        const [board, node] = await bothSay(`part${part}`, some)
        onBoard.push(...board)
        inNode.push(...node)
    }
}, RUNNING_MS)

/** What the board and Node print of the wrong uses of some. */
async function bothSay(name: string, some: readonly Callable[]): Promise<[string[], string[]]> {
    const entry = join(folder, `${name}.ts`)
    writeFileSync(entry, misuseProgram(some, "../../../src/index"))
    const program = await buildProgram(`${name}.ts`, { cwd: folder })
    const board = { id: "test", chip: "rp2040", heapBytes: 65_536 }
    const { report } = await run(vm, { program, board, forMs: 5000 })
    const outfile = join(folder, `${name}.mjs`)
    await bundle({
        entryPoints: [entry],
        outfile,
        bundle: true,
        platform: "node",
        format: "esm",
        plugins: [NODE_TWINS],
    })
    const { stdout } = await promisify(execFile)(process.execPath, [outfile], {
        maxBuffer: 1 << 26,
    })
    return [printed(report.log), stdout.trimEnd().split("\n")]
}

describe("everything that the library exports, called wrongly", () => {
    it("is tried whole", () => {
        const tried = new Set(misuses().map(({ called }) => called))
        const wanted = callables
            .filter(
                ({ name, parameters }) => !Object.hasOwn(UNCHECKED, name) && parameters.length > 0,
            )
            .filter(({ parameters }) => parameters.some(({ kind }) => kind !== "anything"))
            .map(({ owner, name }) => (owner === undefined ? name : `${owner}.${name}`))
        expect(wanted.filter(name => !tried.has(name))).toEqual([])
        expect(misuses().length).toBeGreaterThan(2000)
    })

    it("says the same on the board and in Node", () => {
        expect(onBoard).toEqual(inNode)
    })

    it("throws, but where it is documented not to", () => {
        const optional = new Set(
            callables.flatMap(({ owner, name, parameters }) =>
                parameters
                    .filter(parameter => parameter.optional)
                    .map(
                        parameter =>
                            `${owner === undefined ? "" : `${owner}.`}${name} ${parameter.name} undefined`,
                    ),
            ),
        )
        const silent = misuses()
            .filter(({ said }) => said === "no error")
            .map(({ what }) => what)
            .filter(what => !optional.has(what) && !TAKEN.some(taken => taken.test(what)))
        expect(silent).toEqual([])
    })

    it("names the argument and its range, in a RangeError or a TypeError", () => {
        const unclear = misuses()
            .filter(({ said }) => said !== "no error")
            .filter(({ argument, said }) => {
                const message = ERROR.exec(said)?.[2] ?? ""
                const named = MESSAGE.exec(message)?.[1] ?? ""
                return ![argument, ...(OTHER_NAMES[argument] ?? [])].includes(named)
            })
            .map(({ what, said }) => `${what}: ${said}`)
        expect(unclear).toEqual([])
    })

    it("changes nothing when it throws", () => {
        expect(onBoard.filter(line => line.endsWith(" CHANGED"))).toEqual([])
    })

    it("changes nothing when it refuses, empty or full", () => {
        const refused = onBoard
            .filter(
                line => /(empty|full): (undefined|false|-1), /.test(line),
                // Its answer is whether the value is in there now.
            )
            .filter(line => !line.startsWith("BitSet.toggle "))
        expect(refused.length).toBeGreaterThan(60)
        expect(refused.filter(line => line.endsWith(", other"))).toEqual([])
    })
})

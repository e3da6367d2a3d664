import { beforeAll, describe, expect, it } from "vitest"
import { printed, runProgram } from "./harness"

/** A compile, and a thousand errors on the VM. */
const RUNNING_MS = 60_000

/** `RingBuffer capacity: RangeError: capacity must be an integer from 1 to 19110, got 0` */
const LINE = /^([\w.]+ )(\w+): (\w+): (.*)$/
const MESSAGE =
    /^[\w ]+ must (be (a number|a string|a buffer|not undefined), got |be an integer from -?\d+ (to|and below the length) -?\d+, got |be an integer of at most 15 digits, got |be a power of two from 1 to 64, got |be one ASCII character, got |be (lent|handed) out, but |have the same capacity \d+, but has |not be undefined)/
/** What an argument's range is the range of, where the message says it more exactly. */
const OTHER_NAMES: Record<string, string> = {
    start: "start of the field",
    field: "end of the field",
}
/** Left out, these have a default. */
const OPTIONAL = ["Arena.allocate align", "Arena.reset mark", "StringBuilder.integer width"]

interface Attempt {
    what: string
    argument: string
    error: string
    message: string
}

let lines: string[]
let attempts: Attempt[]

beforeAll(async () => {
    const { report } = await runProgram("wrong-use")
    lines = printed(report.log)
    attempts = lines.flatMap(line => {
        const [, what = "", argument = "", error = "", message = ""] = LINE.exec(line) ?? []
        return error ? [{ what: what + argument, argument, error, message }] : []
    })
}, RUNNING_MS)

// That Node says the same is in structures.test.ts.
describe("wrong use on the board", () => {
    it("throws every time, but where an argument may be left out", () => {
        expect(lines.length).toBeGreaterThan(1000)
        const silent = lines.filter(line => !LINE.test(line))
        expect(silent).toEqual(OPTIONAL.map(what => `${what}: no error`))
    })

    it("throws a RangeError or a TypeError", () => {
        for (const { error, what } of attempts)
            expect(["RangeError", "TypeError"], what).toContain(error)
    })

    it("throws a TypeError for what is no number", () => {
        const untyped = attempts.filter(({ message }) =>
            message.includes(" must be a number, got "),
        )
        expect(untyped.length).toBeGreaterThan(200)
        for (const { error, what } of untyped) expect(error, what).toBe("TypeError")
    })

    it("names the argument and its range", () => {
        for (const { argument, message, what } of attempts) {
            expect(message, what).toMatch(MESSAGE)
            const names = [argument, OTHER_NAMES[argument] ?? argument]
            expect(names, what).toContain(message.slice(0, message.indexOf(" must ")))
        }
    })

    it("tries each value that is wrong: below, above, no integer, no number, nothing", () => {
        const ring = lines.filter(line => line.startsWith("RingBuffer capacity: "))
        expect(ring.map(line => line.replace(/^.* got /, ""))).toEqual([
            "0",
            "19111",
            "1.5",
            "NaN",
            "-Infinity",
            "Infinity",
            "7",
            "undefined",
        ])
    })
})

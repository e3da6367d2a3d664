import fc from "fast-check"
import { expect, test } from "vitest"
import { LogLines, MAX_LINE_BYTES } from "../../../host/link/log-lines"

function start() {
    const lines: string[] = []
    const log = new LogLines(line => lines.push(line))
    return { lines, log, add: (text: string) => log.add(Buffer.from(text)) }
}

test("lines come out as they went in, however they are cut", () => {
    const line = fc.string({ unit: "grapheme", minLength: 1 }).filter(text => !/[\r\n]/.test(text))
    fc.assert(
        fc.property(fc.array(line), fc.integer({ min: 1, max: 50 }), (expected, size) => {
            const { lines, log } = start()
            log.sync()
            const bytes = Buffer.from(expected.map(text => `${text}\n`).join(""))
            for (let at = 0; at < bytes.length; at += size) log.add(bytes.subarray(at, at + size))
            expect(lines).toEqual(expected)
        }),
    )
})

test("CR LF ends a line like LF; empty lines are no news", () => {
    const { lines, log, add } = start()
    log.sync()
    add("one\r\n\n\r\ntwo\n")
    expect(lines).toEqual(["one", "two"])
})

test("the end of a frame that began before the session is no line", () => {
    const { lines, log, add } = start()
    add("\u0001\n\u0002garbage")
    expect(lines).toEqual([])
    log.dropTail()
    add("> first\n")
    expect(lines).toEqual(["> first"])
})

test("text that proves to be text is told", () => {
    const { lines, log, add } = start()
    add("rest of a line\n> next\n")
    log.sync()
    expect(lines).toEqual(["rest of a line", "> next"])
    log.dropTail()
    expect(lines).toHaveLength(2)
})

test("more text than a frame can hold is text", () => {
    const { lines, add } = start()
    add(`${"x".repeat(299)}\n`)
    expect(lines).toEqual(["x".repeat(299)])
})

test("a line without an end is told in pieces: no more is kept", () => {
    const { lines, log } = start()
    log.add(new Uint8Array(3 * MAX_LINE_BYTES + 5).fill(65))
    expect(lines.map(line => line.length)).toEqual([MAX_LINE_BYTES, MAX_LINE_BYTES, MAX_LINE_BYTES])
    log.end()
    expect(lines[3]).toBe("AAAAA")
})

test("bytes that are no UTF-8 throw nothing", () => {
    const { lines, log } = start()
    log.sync()
    log.add(Uint8Array.of(0xff, 0xc0, 65, 10))
    expect(lines).toEqual(["\ufffd\ufffdA"])
})

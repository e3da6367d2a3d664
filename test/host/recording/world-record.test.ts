import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { UserError } from "../../../host/base/errors"
import {
    WORLD_RECORD_SCHEMA,
    type Answer,
    type Coming,
    type RecordHeader,
} from "../../../host/documents/world-record"
import { readWorldRecord, writeWorldRecord } from "../../../host/recording/world-record"

const header: RecordHeader = {
    schema: WORLD_RECORD_SCHEMA,
    program: { entry: "main.ts", bytecodeBytes: 12, crc: "00c0ffee" },
    board: { id: "pico", chip: "rp2040", heapBytes: 65_536, crc: "12345678" },
    vm: { version: "2.16.4" },
    forMs: 1000,
}
const world = {
    mode: "made-up" as const,
    pins: [{ pin: 3, use: "input" as const }],
    madeUp: ["pin 3 (a button)"],
    unanswered: ["I2C 0x50"],
}
const answers: Answer[] = [
    { kind: "random", bytes: "00ff" },
    { kind: "level", pin: 3, level: 1, times: 20 },
    { kind: "analog", pin: 26, value: 65_535 },
    { kind: "i2c-write", address: 0x44, acknowledged: true },
    { kind: "i2c-read", address: 0x44, bytes: null },
    { kind: "spi", bytes: "" },
    { kind: "network", available: false },
    { kind: "connect", result: -1 },
    { kind: "send", result: 0, times: 2 },
]
const comings: Coming[] = [
    { kind: "frame", atUs: 10_000.5, bytes: "0102" },
    { kind: "connection", atUs: 10_001, open: true },
    { kind: "socket", atUs: 10_001, event: "data", bytes: "68c3a4" },
]
const text = writeWorldRecord(
    { header, world },
    [...answers, ...comings].map(entry => JSON.stringify(entry)),
)

describe("the record of a world", () => {
    it("reads as it was written", () => {
        expect(readWorldRecord(text, "w")).toEqual({ header, answers, comings, world })
    })

    it("is refused when any byte of it is another, or it was cut off", () => {
        const refused = (changed: string) => {
            try {
                const record = readWorldRecord(changed, "w")
                expect(record).toBeUndefined()
            } catch (error) {
                expect(error).toBeInstanceOf(UserError)
                expect((error as UserError).message).toMatch(/^w [^\n]+\.$/)
            }
        }
        const at = fc.nat({ max: text.length - 1 })
        fc.assert(
            fc.property(at, fc.string({ minLength: 1, maxLength: 1 }), (index, other) => {
                fc.pre(other !== text[index])
                refused(text.slice(0, index) + other + text.slice(index + 1))
            }),
            { numRuns: 300 },
        )
        fc.assert(fc.property(at, index => refused(text.slice(0, index))))
    })

    it.each([
        ["nothing", "", /is not the record of a world/],
        [
            "another document",
            '{"schema":"heapscope/recording@1"}\n',
            /is not the record of a world/,
        ],
        [
            "another version",
            '{"schema":"heapscope/world-record@9"}\n',
            /is a record of another version/,
        ],
        ["no end", text.split("\n").slice(0, -2).join("\n") + "\n", /is cut off/],
        [
            "an entry that is none",
            writeWorldRecord({ header, world }, ['{"kind":"level","pin":3,"level":2}']),
            /has no entry of a record in line 2/,
        ],
    ])("refuses %s", (_, wrong, message) => {
        expect(() => readWorldRecord(wrong, "w")).toThrow(message)
    })
})

import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gunzipSync, gzipSync } from "node:zlib"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { MemoryEvent } from "../../../host/model/events"
import { EventSchema, RECORDING_SCHEMA } from "../../../host/documents/recording-format"
import { fromRoot } from "../../vm/harness"
import { crc32 } from "../../../host/base/crc32"
import { openLine, sealLine, sealLines, unsealedLine } from "../../../host/recording/recording-line"
import { isRecording } from "../../../host/recording/node/is-recording"
import { nativeCrc } from "../../../host/recording/node/native-crc"
import { describeSkipped, RecordingReader } from "../../../host/recording/node/recording-reader"
import { RecordingWriter } from "../../../host/recording/node/recording-writer"
import { anyEvent, HEADER } from "./sample-events"
import { anyCharacter } from "../../any-character"

let folder: string
let path: string
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-record-"))
    path = join(folder, "run.ndjson")
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(events: MemoryEvent[]): Buffer {
    const writer = new RecordingWriter(path, HEADER)
    for (const event of events) writer.add(event)
    // All is on the disk when it returns: only the file is closed later.
    void writer.close()
    return readFileSync(path)
}

function read(bytes: Uint8Array | string) {
    writeFileSync(path, bytes)
    const reader = new RecordingReader(path)
    return { reader, events: [...reader.events()], skipped: reader.skipped }
}

const logs = (count: number): MemoryEvent[] =>
    Array.from({ length: count }, (_, i) => ({ kind: "log", atMs: i, level: "log", text: `${i}` }))

test("the documentation's example is a recording, and its table has every kind of event", () => {
    const documentation = readFileSync(fromRoot("host/recording/README.md"), "utf8")
    const example = /```json\n(.*?)```/s.exec(documentation)![1]!
    const { reader, events, skipped } = read(example)
    expect(reader.header.schema).toBe(RECORDING_SCHEMA)
    expect(events.length).toBeGreaterThan(1)
    expect(skipped).toMatchObject({ damagedLines: 0, unknownEvents: 0, tornBytes: 0 })
    for (const option of EventSchema.options) {
        const row = documentation
            .split("\n")
            .find(line => line.startsWith(`| \`${option.entries.kind.literal}\``))
        for (const member of Object.keys(option.entries))
            if (member !== "kind" && member !== "atMs") expect(row).toContain(`\`${member}\``)
    }
})

test("what was called otherwise before is read by its name of today", () => {
    const [figures] = fc.sample(
        anyEvent.filter(({ kind }) => kind === "figures"),
        { numRuns: 1, seed: 1 },
    )
    const written = write([figures!])
    const lines = written.toString().split("\n")
    const { crc: _, ...event } = JSON.parse(lines[1]!) as { crc: string }
    const { events, skipped } = read(`${lines[0]}\n${sealLine({ ...event, kind: "snapshot" })}\n`)
    expect(events).toEqual([event])
    expect(describeSkipped(path, skipped)).toBeUndefined()
})

test("the check is the CRC-32 everybody has", () => {
    expect(crc32(Buffer.from("123456789"))).toBe(0xcbf43926)
    expect(crc32(Buffer.from("0123456789"), 1)).toBe(0xcbf43926)
    expect(crc32(Buffer.from("01234567890"), 1, 10)).toBe(0xcbf43926)
})

test("lines that are sealed together are those that are sealed one by one", () => {
    const value = fc.oneof(
        anyEvent,
        fc.dictionary(fc.string({ unit: anyCharacter }), fc.string({ unit: "binary" }), {
            minKeys: 1,
        }),
    )
    fc.assert(
        fc.property(fc.array(value), values => {
            const text = values.map(value => `${sealLine(value)}\n`).join("")
            const lines = sealLines(values.map(unsealedLine).join(""))
            expect(new TextDecoder().decode(lines)).toBe(text)
        }),
    )
})

test("what was written is what is read", () => {
    fc.assert(
        fc.property(fc.array(anyEvent, { maxLength: 20 }), written => {
            const { reader, events, skipped } = read(write(written))
            // Through JSON, since it has no -0 and no half of a surrogate pair.
            expect(events).toEqual(JSON.parse(JSON.stringify(written)))
            expect(reader.header).toMatchObject(HEADER)
            expect(describeSkipped(path, skipped)).toBeUndefined()
        }),
        { numRuns: 100 },
    )
})

test("every line is a JSON object of its own", () => {
    for (const line of write(logs(3)).toString().trimEnd().split("\n"))
        expect(JSON.parse(line)).toHaveProperty("crc")
})

test("cut at any byte, the whole lines are there and the rest is reported", () => {
    const written = logs(6)
    const bytes = write(written)
    const headerEnd = bytes.indexOf("\n") + 1
    for (let cut = headerEnd; cut <= bytes.length; cut++) {
        const whole = bytes.subarray(0, cut)
        const { events, skipped } = read(whole)
        const lines = whole.toString().split("\n").length - 2
        expect(events).toEqual(written.slice(0, lines))
        expect(skipped.tornBytes).toBe(cut - (whole.lastIndexOf("\n") + 1))
        expect(skipped.damagedLines).toBe(0)
    }
})

test("a damaged byte costs its line, or two when it was the break between them", () => {
    const written = logs(20)
    const bytes = write(written)
    const headerEnd = bytes.indexOf("\n") + 1
    fc.assert(
        fc.property(
            fc.integer({ min: headerEnd, max: bytes.length - 2 }),
            fc.integer({ min: 1, max: 255 }),
            (at, flip) => {
                const damaged = Buffer.from(bytes)
                damaged[at]! ^= flip
                const { events, skipped } = read(damaged)
                expect(events.length).toBeGreaterThanOrEqual(written.length - 2)
                expect(events.length).toBeLessThan(written.length)
                for (const event of events) expect(written).toContainEqual(event)
                expect(skipped.damagedLines).toBeGreaterThan(0)
            },
        ),
        { numRuns: 300 },
    )
})

test("events of later versions are passed over and counted, wrong figures are damage", () => {
    const [header, first] = write(logs(1)).toString().split("\n")
    const lines = [
        header,
        sealLine({ kind: "teleport", atMs: 1 }),
        sealLine({ kind: "gc", atMs: 1, liveBytes: -5 }),
        sealLine({ kind: "gc", atMs: 1, liveBytes: 5, since: "a later version" }),
        sealLine({ atMs: 1 }),
        "x".repeat(3_000_000),
        first,
    ]
    const { events, skipped } = read(lines.join("\n") + "\n")
    expect(events).toEqual([{ kind: "gc", atMs: 1, liveBytes: 5 }, ...logs(1)])
    expect(skipped).toEqual({
        damagedLines: 3,
        firstDamaged: [3, 5, 6],
        damagedParts: 0,
        unknownEvents: 1,
        tornBytes: 0,
    })
    expect(describeSkipped("a.ndjson", skipped)).toBe(
        "a.ndjson: left out 3 damaged lines (3, 5, 6), 1 event of a kind this version does not know.",
    )
})

describe("refuses, in one sentence,", () => {
    test.each([
        ["nothing at all", ""],
        ["another file", "hello\n"],
        ["a header cut short", '{"schema":"heapscope/rec'],
        ["a header without a board", sealLine({ schema: "heapscope/recording@1" }) + "\n"],
    ])("%s", (_name, content) => {
        expect(() => read(content)).toThrow(/is not a recording: .*--record/)
    })

    test("a later version, by its name", () => {
        const line = sealLine({ schema: "heapscope/recording@2" })
        expect(() => read(line + "\n")).toThrow(
            /heapscope\/recording@1, not heapscope\/recording@2/,
        )
    })

    test("what is not there, or cannot be written", () => {
        expect(() => new RecordingReader(join(folder, "none"))).toThrow(/none cannot be read/)
        expect(() => new RecordingReader(folder)).toThrow(/cannot be read/)
        expect(() => new RecordingWriter(join(folder, "no/file"), HEADER)).toThrow(
            /cannot be written/,
        )
    })
})

test("no input makes a line reader throw", () => {
    fc.assert(
        fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), text => {
            openLine(text)
            openLine(`{${text},"crc":"00000000"}`)
        }),
        { numRuns: 2000 },
    )
})

test.skipIf(nativeCrc === undefined)("Node's own check is ours, of any text", () => {
    fc.assert(
        fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), text => {
            expect(nativeCrc!(text)).toBe(crc32(new TextEncoder().encode(text)))
            expect(sealLine({ text }, nativeCrc)).toBe(sealLine({ text }))
        }),
        { numRuns: 500 },
    )
    const halves = "\ud800 a \udc00"
    expect(nativeCrc!(halves)).toBe(crc32(new TextEncoder().encode(halves)))
})

describe("a packed recording", () => {
    const writePacked = (events: MemoryEvent[], isClosed = true): Buffer => {
        const packed = `${path}.gz`
        const writer = new RecordingWriter(packed, HEADER)
        for (const event of events) writer.add(event)
        if (isClosed) void writer.close()
        return readFileSync(packed)
    }

    const secondMember = (bytes: Buffer) => bytes.indexOf(bytes.subarray(0, 30), 1)

    test("is what any gunzip makes the plain one of, its checks aside", () => {
        fc.assert(
            fc.property(fc.array(anyEvent, { maxLength: 20 }), written => {
                const bytes = writePacked(written)
                const { reader, events, skipped } = read(bytes)
                expect(events).toEqual(JSON.parse(JSON.stringify(written)))
                expect(reader.header).toMatchObject(HEADER)
                expect(describeSkipped(path, skipped)).toBeUndefined()
                const lines = gunzipSync(bytes).toString().trimEnd().split("\n")
                expect(lines.slice(1).map(line => JSON.parse(line) as object)).toEqual(events)
            }),
            { numRuns: 20 },
        )
    })

    test("of many members has every event, in a fifth of the bytes", () => {
        const written = logs(12_000)
        const bytes = writePacked(written)
        expect(read(bytes).events).toEqual(written)
        expect(bytes.length).toBeLessThan(write(written).length / 5)
    })

    test("cut at any byte has the whole lines that were flushed by then", () => {
        const written = logs(6)
        const bytes = writePacked(written)
        let most = 0
        // The header stands alone in the member before.
        for (let cut = secondMember(bytes); cut <= bytes.length; cut++) {
            const { events, skipped } = read(bytes.subarray(0, cut))
            expect(events).toEqual(written.slice(0, events.length))
            expect(events.length).toBeGreaterThanOrEqual(most)
            most = events.length
            expect(skipped).toMatchObject({ damagedLines: 0, damagedParts: 0 })
        }
        expect(most).toBe(written.length)
    })

    test("damage shortly before its end is no end that was cut off", () => {
        for (const count of [20, 90, 150]) {
            const written = logs(count)
            const bytes = writePacked(written)
            for (let at = bytes.length - 24; at < bytes.length; at++)
                for (let bit = 0; bit < 8; bit++) {
                    const damaged = Buffer.from(bytes)
                    damaged[at]! ^= 1 << bit
                    const { events, skipped } = read(damaged)
                    const where = `bit ${bit} of byte ${at} of ${count} events`
                    expect(events, where).toEqual(written.slice(0, events.length))
                    expect(events.length === count || skipped.damagedParts > 0, where).toBe(true)
                }
        }
    })

    test("a damaged byte costs its member alone", () => {
        const written = logs(12_000)
        const bytes = writePacked(written)
        const first = secondMember(bytes)
        let told = 0
        fc.assert(
            fc.property(
                fc.integer({ min: first, max: bytes.length - 1 }),
                fc.integer({ min: 1, max: 255 }),
                (at, flip) => {
                    const damaged = Buffer.from(bytes)
                    damaged[at]! ^= flip
                    const { events, skipped } = read(damaged)
                    // Bits that fill up a byte before a flush mean nothing: then all is there.
                    if (skipped.damagedParts > 0) told++
                    if (events.length === written.length) {
                        expect(events).toEqual(written)
                        return
                    }
                    expect(skipped.damagedParts).toBeGreaterThan(0)
                    // Two, where it was how the second begins; each has some 4,500 of these.
                    expect(events.length).toBeGreaterThan(2500)
                    const left = new Set(events.map(({ atMs }) => atMs))
                    expect(events).toEqual(written.filter(({ atMs }) => left.has(atMs)))
                },
            ),
            { numRuns: 8 },
        )
        expect(told).toBeGreaterThan(4)
    })

    test("is told by how it begins, whatever its name is", () => {
        writeFileSync(path, writePacked(logs(1)))
        const other = join(folder, "renamed")
        copyFileSync(path, other)
        expect(isRecording(other)).toBe(true)
        writeFileSync(other, gzipSync("of somebody else"))
        expect(isRecording(other)).toBe(false)
        expect(() => new RecordingReader(other)).toThrow("is not a recording")
    })
})

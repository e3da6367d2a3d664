import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { DoorLog } from "../../../../host/simulator/time-travel/door-log"
import { SharedPages } from "../../../../host/simulator/time-travel/shared-pages"
import type { Noted } from "../../../../host/simulator/world/record/door-listener"
import type { Coming } from "../../../../host/documents/world-record"

describe("shared pages", () => {
    it("are the memory as it was, and what did not change is there once", () => {
        const words = fc.array(fc.nat(3_000), { maxLength: 20 })
        fc.assert(
            fc.property(fc.array(words, { minLength: 1, maxLength: 6 }), changes => {
                const memory = new Uint8Array(12_004)
                const copies: { wanted: Uint8Array; kept: SharedPages; bytes: number }[] = []
                for (const changed of changes) {
                    for (const word of changed) memory[word * 4] = memory[word * 4]! + 1
                    const before = copies.at(-1)?.kept
                    const kept = new SharedPages(memory, before)
                    copies.push({ wanted: memory.slice(), kept, bytes: kept.bytesBeside(before) })
                }
                for (const { wanted, kept } of copies)
                    expect(Buffer.compare(kept.whole(), wanted)).toBe(0)
                changes.slice(1).forEach((changed, index) => {
                    const pages = new Set(changed.map(word => word >> 8)).size
                    expect(copies[index + 1]!.bytes).toBe(12 * 8 + bytesOf(pages, changed))
                })
            }),
        )
        function bytesOf(pages: number, changed: number[]): number {
            const hasLast = changed.some(word => word >> 8 === 11)
            return pages * (1024 + 128) - (hasLast ? 12 * 1024 - 12_004 : 0)
        }
    })
})

describe("the log of a door", () => {
    const answer = fc.record({
        kind: fc.constant("level" as const),
        pin: fc.nat(2),
        level: fc.constantFrom(0, 1),
    })
    const coming = fc.record({
        kind: fc.constant("frame" as const),
        atUs: fc.nat(1e6),
        bytes: fc.constantFrom("00", "0102", "ff"),
    })

    it("gives back what it was told, in order, from where it still is", () => {
        fc.assert(
            fc.property(
                fc.array(fc.oneof(answer, coming), { minLength: 1, maxLength: 60 }),
                fc.constantFrom(2_000, 1e9),
                (entries, maxBytes) => {
                    const log = new DoorLog(maxBytes, 8)
                    let from = { answers: 0, comings: 0 }
                    log.onForgotten = place => (from = place)
                    const answers: Noted[] = []
                    const comings: Coming[] = []
                    for (const entry of entries)
                        if (entry.kind === "level") {
                            answers.push(entry as Noted)
                            log.answered(entry as Noted)
                        } else {
                            comings.push(entry)
                            log.came(entry)
                        }
                    expect(log.place).toMatchObject({
                        answers: answers.length,
                        comings: comings.length,
                    })
                    for (let i = from.answers; i <= answers.length; i++)
                        expect(log.answer(i)).toEqual(answers[i])
                    for (let i = from.comings; i <= comings.length; i++)
                        expect(log.coming(i)).toEqual(comings[i])
                    if (maxBytes === 1e9) expect(from).toEqual({ answers: 0, comings: 0 })
                },
            ),
        )
    })
})

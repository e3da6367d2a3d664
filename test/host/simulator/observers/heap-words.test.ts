import fc from "fast-check"
import { expect, it } from "vitest"
import { moved, withWord, type HeapWords } from "../../../../host/simulator/observers/heap-words"

it("keeps what was noted about every word, whichever come, and never about many others", () => {
    fc.assert(
        fc.property(fc.array(fc.nat(200_000), { minLength: 1 }), addresses => {
            let words: HeapWords = { first: 0, length: 0 }
            let notes = new Uint32Array(0)
            const noted = new Map<number, number>()
            for (const [index, word] of addresses.entries()) {
                const at = word - words.first
                if (at < 0 || at >= notes.length) {
                    const next = withWord(words, word)
                    notes = moved(notes, words, next)
                    words = next
                }
                notes[word - words.first] = index + 1
                noted.set(word, index + 1)
            }
            for (const [word, note] of noted) expect(notes[word - words.first]).toBe(note)
            expect(notes.filter(note => note > 0)).toHaveLength(noted.size)
            const span = Math.max(...addresses) - Math.min(...addresses)
            expect(notes.length).toBe(words.length)
            expect(notes.length).toBeLessThanOrEqual(4 * (span + 16_640))
        }),
    )
})

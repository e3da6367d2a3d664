import { stripVTControlCharacters } from "node:util"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { printable, sanitize } from "../../../host/base/sanitize"
import { underLoad } from "../../machine-load"
import { anyCharacter } from "../../any-character"

describe("sanitize", () => {
    it.each([
        ["colour", "\u001b[31mred\u001b[0m", "red"],
        ["cursor and screen", "a\u001b[2J\u001b[1;1Hb", "ab"],
        ["C1 introducer", "a\u009b31mb", "ab"],
        ["title", "\u001b]0;pwned\u0007text", "text"],
        ["link", "\u001b]8;;http://evil\u0007click\u001b]8;;\u0007", "click"],
        ["only the sequence before a bell", "a\u001b[2Jb\u0007c", "abc"],
        ["a string command nobody ended", "a\u001b]0;shown", "a0;shown"],
        ["device control strings", "a\u001bP1;2|payload\u001b\\b\u0090x\u009cc", "abc"],
        ["character sets", "a\u001b(0b", "ab"],
        ["carriage return", "12.50\rFREE", "12.50 FREE"],
        ["line breaks and tabs", "a\r\nb\nc\td", "a b c d"],
        ["bell, backspace, delete", "a\u0007b\u0008c\u007fd", "abcd"],
        ["direction override", "file\u202egnp.ts\u202c", "filegnp.ts"],
        ["direction isolates", "\u2066a\u2069\u200f", "a"],
        ["invisible", "a\u200bb\ufeffc\u00add\u{e0041}", "abcd"],
        ["line separators", "a\u2028b\u2029c", "abc"],
        ["half a surrogate pair", "a\ud800b", "a\ufffdb"],
        ["lone escape", "a\u001b", "a"],
    ])("removes %s", (_, hostile, safe) => {
        expect(sanitize(hostile)).toBe(safe)
    })

    it("leaves text of any language alone", () => {
        const text = "Bestellung 12: Kürbissuppe, 寿司, شوربة, 👩‍🍳 → 12.50 €"
        expect(sanitize(text)).toBe(text)
    })

    it("takes linear time on lines made to be slow", () => {
        for (const unit of ["\u009d", "\u001b]", "\u001b[;", "\u001b]a\u001b", "\u009b0 "]) {
            const start = performance.now()
            sanitize(unit.repeat(200_000))
            expect(performance.now() - start).toBeLessThan(underLoad(2000))
        }
    })

    it("lets nothing through that could act on a terminal, and is idempotent", () => {
        const hostile = fc.array(
            fc.oneof(
                fc.string({ unit: anyCharacter, maxLength: 8 }),
                fc.constantFrom(
                    "\u001b",
                    "\u009b",
                    "[",
                    "]",
                    ";",
                    "0m",
                    "\u0007",
                    "\u202e",
                    "\ud83d",
                ),
            ),
        )
        fc.assert(
            fc.property(hostile, parts => {
                const safe = sanitize(parts.join(""))
                expect(safe).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069\p{Surrogate}]/u)
                expect(sanitize(safe)).toBe(safe)
            }),
        )
    })
})

describe("printable", () => {
    const hostile = fc.string({ unit: anyCharacter })

    it("lets line breaks and our own colours through, and nothing else", () => {
        fc.assert(
            fc.property(hostile, text => {
                const shown = printable(`\u001b[32m${text}\u001b[0m\n`, true)
                expect(stripVTControlCharacters(shown)).not.toMatch(
                    /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029\p{Surrogate}]/u,
                )
                expect(shown.startsWith("\u001b[32m")).toBe(true)
            }),
        )
    })

    it("drops colours where there are to be none", () => {
        expect(printable("\u001b[31ma\u001b[2J\nb\u202e\u009b1m", false)).toBe("a\nb")
    })

    it("leaves what is fine as it is", () => {
        expect(printable("\u001b[1mfine\u001b[22m\n", true)).toBe("\u001b[1mfine\u001b[22m\n")
    })
})

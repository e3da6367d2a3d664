import fc from "fast-check"
import { createColors } from "picocolors"
import { describe, expect, it } from "vitest"
import { ansiToCells } from "../../../../host/sinks/terminal/charts/ansi-cells"
import { terminalToSvg } from "../../../../host/sinks/svg/svg"
import { expectWellFormed } from "./well-formed"
import { anyCharacter } from "../../../any-character"

const c = createColors(true)

const FORMATTERS = [
    ...(["bold", "dim", "italic", "underline", "inverse", "strikethrough"] as const),
    ...(["red", "gray", "cyanBright", "bgGreen", "bgWhiteBright"] as const),
]

describe("ansiToCells", () => {
    it("reads back what picocolors writes, nested as it may be", () => {
        const [cells] = ansiToCells(`a${c.bold(c.red(`b${c.bgCyan("c")}`))}${c.dim("d")}`)
        expect(cells?.map(cell => cell.text).join("")).toBe("abcd")
        expect(cells?.map(({ style }) => [style.foreground, style.background, style.bold])).toEqual(
            [
                [undefined, undefined, false],
                [1, undefined, true],
                [1, 6, true],
                [undefined, undefined, false],
            ],
        )
        expect(cells?.[3]?.style.dim).toBe(true)
    })

    it("knows every formatter of picocolors", () => {
        const plain = ansiToCells("x")[0]?.[0]?.style
        for (const [name, format] of Object.entries(c)) {
            if (typeof format !== "function" || name === "reset") continue
            const [cells] = ansiToCells(`${format("x")}y`)
            expect(cells?.[0]?.style, name).not.toEqual(plain)
            expect(cells?.[1]?.style, name).toEqual(plain)
        }
    })

    it("places wide characters on two columns and drops what is no text", () => {
        const [cells] = ansiToCells("寿\u001b[2Ja\u0007\u001b[38;5;1mb")
        expect(cells?.map(({ text, column }) => [text, column])).toEqual([
            ["寿", 0],
            ["a", 2],
            ["b", 3],
        ])
        expect(cells?.[2]?.style.foreground).toBeUndefined()
    })
})

describe("terminalToSvg", () => {
    it("keeps text as text on the grid, with its colours", () => {
        const svg = terminalToSvg(`ok ${c.bold(c.red("a < b"))}`, 'it\'s "done"')
        expect(svg).toContain(">ok</text>")
        expect(svg).toMatch(
            /<text x="24" y="12" textLength="40" [^>]*fill="#ff7b72" font-weight="bold">a &lt; b</,
        )
        expect(svg).toContain("<title>it's &quot;done&quot;</title>")
    })

    it("draws charts as geometry, so that fonts have no say", () => {
        const svg = terminalToSvg(`${c.cyan("█▄")}${c.yellow("⣿")}└─┴╌━·✓✗${c.bgRed("x")}`, "")
        expect(svg.match(/<text [^>]*>[^<]*<\/text>/g)).toHaveLength(2)
        expect(svg).toContain(
            'fill="#39c5cf" shape-rendering="crispEdges" d="M0 0h8v16h-8zM8 8h8v8h-8z"',
        )
        expect(svg.match(/M1[68]|M22/g)?.length).toBeGreaterThanOrEqual(8)
        expect(svg).toContain('fill="#ff7b72" shape-rendering="crispEdges" d="M88 0h8v16h-8z"')
    })

    it("is well-formed and self-contained whatever the text", () => {
        const piece = fc.oneof(
            fc.string({ unit: anyCharacter, maxLength: 8 }),
            fc.constantFrom(
                "<",
                "&",
                "]]>",
                '"',
                "\uffff",
                "\ud800",
                "\u001b[7m",
                "█",
                "⣿",
                "寿",
                "\n",
            ),
            fc
                .tuple(fc.constantFrom(...FORMATTERS), fc.string())
                .map(([name, text]) => c[name](text)),
        )
        fc.assert(
            fc.property(
                fc.array(piece),
                fc.string({ unit: anyCharacter, maxLength: 8 }),
                (pieces, title) => {
                    const svg = terminalToSvg(pieces.join(""), title)
                    expectWellFormed(svg)
                    expect(svg).not.toMatch(/href|url\(|@import|<script/)
                },
            ),
        )
    })
})

import { expect, test } from "vitest"
import { lineNow } from "../../../host/lsp/moved-lines"

const place = (line: number, text: string) => ({ file: "/x.ts", line, text })

test("a line of a run is found where it is now, the nearest of its text", () => {
    const lines = ["a", "  kept.push(1)", "b", "kept.push(1)", "c"]
    expect(lineNow(lines, place(2, "kept.push(1)"))).toBe(1)
    expect(lineNow(lines, place(3, "kept.push(1)"))).toBe(1)
    expect(lineNow(lines, place(5, "kept.push(1)"))).toBe(3)
    expect(lineNow(lines, place(900, "c"))).toBe(4)
    expect(lineNow(lines, place(2, "kept.push(2)"))).toBeUndefined()
    expect(lineNow([], place(1, "a"))).toBeUndefined()
})

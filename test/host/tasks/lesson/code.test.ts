import { describe, expect, it } from "vitest"
import { codeThatMatters } from "../../../../host/tasks/lesson/code"

const source = `import x
function work() {
    // lesson: begin
    for (;;) {
        step()

    }
    // lesson: end
}
work()
// lesson: begin
done()
// lesson: end
`

describe("the code that matters", () => {
    it("is what stands between the marks, moved to the left", () => {
        expect(codeThatMatters(source, "x.ts")).toBe("for (;;) {\n    step()\n\n}\n...\ndone()")
    })

    it.each([
        ["no mark", "work()", 'no "// lesson: begin"'],
        ["no end", "// lesson: begin\nwork()", 'without "// lesson: end"'],
        ["no begin", "work()\n// lesson: end", 'without "// lesson: begin"'],
        ["one inside another", "// lesson: begin\n// lesson: begin\n// lesson: end", "twice"],
    ])("needs its marks: %s", (_, text, why) => {
        expect(() => codeThatMatters(text, "x.ts")).toThrow(why)
    })
})

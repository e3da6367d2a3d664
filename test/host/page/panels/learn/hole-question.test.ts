import fc from "fast-check"
import { expect, it } from "vitest"
import { blockBytes } from "../../../../../host/model/heap/object-sizes"
import { answerHole, askForHole } from "../../../../../host/page/panels/learn/hole-question"

it("asks what has one right answer: the first hole with room", () => {
    fc.assert(
        fc.property(fc.nat(0xffffffff), fc.nat(100), (seed, choice) => {
            const question = askForHole(1024, seed)
            const holes = [...question.heap.all()].filter(({ state }) => state === "free")
            const first = holes.find(({ bytes }) => bytes >= blockBytes(question.bytes))
            expect(first).toBeDefined()
            const guessed = holes[choice % holes.length]!
            const { block, text } = answerHole(question, guessed.block)
            expect(block).toBe(first!.block)
            expect(text.startsWith("Right")).toBe(guessed.block === first!.block)
        }),
    )
})

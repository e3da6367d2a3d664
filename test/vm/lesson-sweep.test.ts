import { expect, test } from "vitest"
import { createColors } from "picocolors"
import { renderLessonSweep } from "../../host/sinks/terminal/lesson-sweep-terminal"
import { findLesson } from "../../host/tasks/lesson/catalogue"
import { LessonError, measureWork } from "../../host/tasks/lesson/measure"
import { sweepLesson } from "../../host/tasks/lesson/sweep-lesson"
import { buildWith, findConstant } from "../../host/tasks/sweep"
import { vm } from "./harness"

const pico = { id: "pico", chip: "rp2040", heapBytes: 65_536 }
const boards = [pico, { id: "small", heapBytes: 16_384 }]

test("a sweep measures what the programs take, and finds where each dies", async () => {
    const lesson = findLesson("flag-packing")
    const ranged = { ...lesson, n: { ...lesson.n, from: 40, to: 160 } }
    const sweep = await sweepLesson(vm, ranged, { board: pico, boards, points: 3 })
    expect(sweep.points.map(({ n }) => n)).toEqual([40, 80, 160])
    expect(sweep.breakEven).toEqual({ byHand: 40 })

    const { path } = findConstant(lesson.programs.wasteful, "ORDERS")
    const built = (n: number) =>
        buildWith(lesson.programs.wasteful, { name: "ORDERS", path, value: 0 }, n)
    const { work } = measureWork(vm, await built(80), pico.heapBytes)
    expect(sweep.points[1]!.programs.wasteful).toEqual({
        bytes: work.liveBytes,
        boardTimeMs: work.boardTimeMs,
    })

    const [large, small] = sweep.deaths
    expect(large!.from).toEqual({ wasteful: null, byHand: null })
    const { lastGood, firstBad, panic } = small!.from.wasteful!
    expect(small!.from.byHand).toBeNull()
    expect(panic).toBe(60_004)
    expect(firstBad - lastGood!).toBeLessThanOrEqual(Math.max(1, 0.02 * lastGood!))
    measureWork(vm, await built(lastGood!), 16_384)
    const dying = await built(firstBad)
    expect(() => measureWork(vm, dying, 16_384)).toThrow(LessonError)

    const text = renderLessonSweep(sweep, { colors: createColors(false), width: 80 })
    expect(text).toMatch(/ORDERS +program +live +board time/)
    expect(text).toContain("by hand: from ORDERS = 40 on.")
    expect(text.replaceAll(/\s+/g, " ")).toContain(
        `(small): the ordinary way at ORDERS = ${firstBad} (out of memory); by hand never.`,
    )
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80)
}, 120_000)

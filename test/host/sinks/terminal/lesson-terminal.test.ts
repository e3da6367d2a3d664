import { createColors } from "picocolors"
import stringWidth from "string-width"
import { describe, expect, it } from "vitest"
import { findLesson, listLessons } from "../../../../host/tasks/lesson/catalogue"
import { lessonsReport } from "../../../../host/tasks/lesson/lessons-report"
import {
    renderLessonList,
    renderStudies,
    renderStudy,
} from "../../../../host/sinks/terminal/lesson-terminal"
import type { Study } from "../../../../host/tasks/lesson/study"
import { sampleStudy } from "../../tasks/lesson/sample-study"

const plain = (width: number) => ({ colors: createColors(false), width })
const speed = {
    rounds: 9,
    ms: { wasteful: 0.814, byHand: 0.355, structure: 0.4 },
    medianRatio: { byHand: 0.43, structure: 0.49 },
}
/** The same where writing it by hand is the lesson. */
const { wasteful, byHand } = sampleStudy.work
const { adds: _, ...plainLesson } = sampleStudy.lesson
const { structure: __, ...plainCode } = plainLesson.code
const byHandOnly: Study = {
    ...sampleStudy,
    lesson: { ...plainLesson, code: plainCode },
    work: { wasteful, byHand },
}

describe("a lesson on a terminal", () => {
    const text = renderStudy({ ...sampleStudy, speed }, "pico", plain(80))

    it("begins with a question, and ends with what it brings, the answer and the next lesson", () => {
        const lines = text.split("\n")
        expect(lines[0]).toBe("Packed records.")
        expect(lines[2]).toMatch(/^ {2}Question: .*/)
        // Time here is noise: bytes come first, then the board's own work.
        expect(lines.slice(-4)).toEqual([
            "15.1 kB live become 1,364 B by hand, in 0.34x the board time; 1,480 B with the",
            "structure, in 0.50x the board time.",
            "  Answer: 1,364 B (by hand, live at the end).",
            "  next: heapscope lesson aligned (the next lesson)",
        ])
    })

    it("shows the figures side by side", () => {
        expect(text).toMatch(/live at the end +15,144 B +1,364 B 0\.09x +1,480 B 0\.10x/)
        expect(text).toMatch(/collections +4 +0 0x +0 0x/)
        expect(text).toMatch(/time here \* +0\.81 ms +0\.35 ms 0\.44x +0\.40 ms 0\.49x/)
    })

    it("shows the code of all, whole, and why", () => {
        for (const code of Object.values<string>({ ...sampleStudy.lesson.code }))
            for (const word of code.split(/\s+/)) expect(text).toContain(word)
        expect(text).toContain("Why")
    })

    it("says what the structure adds and what it costs beside the code by hand", () => {
        const inOneLine = text.replaceAll(/\s+/g, " ")
        expect(inOneLine).toContain(sampleStudy.lesson.adds)
        expect(inOneLine).toContain("116 B more live, 19 ms more board time, 928 B more in flash.")
        expect(renderStudy(byHandOnly, "pico", plain(80))).not.toContain("structure")
    })

    it("names where to read on", () => {
        for (const { title, url } of sampleStudy.lesson.links) {
            expect(text).toContain(`  ${title}:\n  ${url}\n`)
        }
    })

    it("says nothing of time when none was taken", () => {
        const untimed = renderStudy(sampleStudy, "pico", plain(80))
        expect(untimed).not.toContain("time here")
        expect(untimed).toContain("in 0.34x the board time;")
    })

    it("lets no program's text through to the terminal", () => {
        expect(text).toContain("the last: last\n")
    })

    it.each([40, 60, 80, 120])("keeps to %d columns, addresses aside", width => {
        const lines = renderStudy({ ...sampleStudy, speed }, "pico", plain(width)).split("\n")
        for (const line of lines.filter(line => !line.startsWith("  https://")))
            expect(stringWidth(line)).toBeLessThanOrEqual(width)
    })
})

describe("all lessons on a terminal", () => {
    it("are a row each", () => {
        const text = renderStudies([sampleStudy, byHandOnly], plain(120))
        expect(text).toMatch(
            /packed +live +15\.1 kB +1,364 B +0\.09x +0\.34x +1,480 B +0\.10x +0\.50x +medium/,
        )
        expect(text).toMatch(/packed +live +15\.1 kB +1,364 B +0\.09x +0\.34x +- +medium/)
    })

    it("say where saving bytes costs board time, the most first", () => {
        const slower = { ...byHand, boardTimeMs: 2 * wasteful.boardTimeMs }
        const pool = {
            ...byHandOnly,
            lesson: findLesson("pool"),
            work: { wasteful, byHand: slower },
        }
        const text = renderStudies([sampleStudy, pool], plain(200))
        expect(text).toContain("by hand costs board time in: pool 2.00x. With")
        expect(text).toContain("the structure, in: none.")
        expect(renderStudies([byHandOnly], plain(200))).toContain("With the structure, in: none.")
    })

    it("are listed without being run", () => {
        const lines = renderLessonList(listLessons(), plain(100)).split("\n")
        expect(lines.filter(line => / (low|medium|high) /.test(line))).toHaveLength(
            listLessons().length,
        )
    })
})

describe("the lessons as JSON", () => {
    const board = { id: "pico", chip: "rp2040", heapBytes: 65_536 }

    it("hold the figures, ratios and no path of this machine", () => {
        const report = lessonsReport([{ ...sampleStudy, speed }], board)
        expect(report.schema).toBe("heapscope/lessons@2")
        const [lesson] = report.lessons
        expect(lesson).toMatchObject({ name: "packed", section: "layout", wall: speed })
        expect(lesson!.work.wasteful.liveBytes).toBe(15_144)
        expect(lesson!.ratios.byHand.liveBytes).toBeCloseTo(1364 / 15144)
        expect(lesson!.ratios.structure!.liveBytes).toBeCloseTo(1480 / 15144)
        expect(JSON.stringify(report)).not.toContain("wasteful.ts")
    })

    it("have no ratio against zero", () => {
        const work = { byHand, wasteful: { ...wasteful, collections: 0 } }
        const report = lessonsReport([{ ...sampleStudy, work }], board)
        expect(report.lessons[0]!.ratios.byHand.collections).toBeNull()
    })
})

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
import { sampleStudy } from "../../tasks/lesson/sample-study"

const plain = (width: number) => ({ colors: createColors(false), width })
const speed = { rounds: 9, wastefulMs: 0.814, efficientMs: 0.355, medianRatio: 0.43 }

describe("a lesson on a terminal", () => {
    const text = renderStudy({ ...sampleStudy, speed }, "pico", plain(80))

    it("begins with a question, and ends with what it brings, the answer and the next lesson", () => {
        const lines = text.split("\n")
        expect(lines[0]).toBe("Packed records.")
        expect(lines[2]).toMatch(/^ {2}Question: .*/)
        // Time here is noise: bytes come first, then the board's own work.
        expect(lines.slice(-3)).toEqual([
            "15.1 kB live become 1,364 B, in 0.34x the board time.",
            "  Answer: 1,364 B (efficient, live at the end).",
            "  next: heapscope lesson aligned (the next lesson)",
        ])
    })

    it("shows the figures side by side", () => {
        expect(text).toMatch(/live at the end +15,144 B +1,364 B +0\.09x/)
        expect(text).toMatch(/collections +4 +0 +0x/)
        expect(text).toMatch(/time here \* +0\.81 ms +0\.35 ms +0\.44x/)
    })

    it("shows the code of both, whole, and why", () => {
        for (const line of sampleStudy.lesson.code.efficient.split("\n"))
            for (const word of line.split(/\s+/)) expect(text).toContain(word)
        expect(text).toContain("Why")
    })

    it("says nothing of time when none was taken", () => {
        const untimed = renderStudy(sampleStudy, "pico", plain(80))
        expect(untimed).not.toContain("time here")
        expect(untimed).toContain("in 0.34x the board time.")
    })

    it("lets no program's text through to the terminal", () => {
        expect(text).toContain("the last: last\n")
    })

    it.each([40, 60, 80, 120])("keeps to %d columns", width => {
        const lines = renderStudy({ ...sampleStudy, speed }, "pico", plain(width)).split("\n")
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width)
    })
})

describe("all lessons on a terminal", () => {
    it("are a row each", () => {
        const text = renderStudies([{ ...sampleStudy, speed }], plain(100))
        expect(text).toMatch(/packed +15\.1 kB +1,364 B +0\.09x +live +0\.34x +0\.44x +medium/)
    })

    it("say where saving bytes costs time, the most first", () => {
        const slow = { ...speed, wastefulMs: 1, efficientMs: 1.2 }
        const slower = { ...speed, wastefulMs: 1, efficientMs: 1.25 }
        const pool = { ...sampleStudy, lesson: findLesson("pool"), speed: slower }
        const text = renderStudies([{ ...sampleStudy, speed: slow }, pool], plain(200))
        expect(text).toContain("It costs time here in: pool 1.25x, packed 1.20x.")
        expect(renderStudies([{ ...sampleStudy, speed }], plain(200))).toContain(
            "costs board time in: none. It costs time here in: none.",
        )
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
        expect(report.schema).toBe("heapscope/lessons@1")
        const [lesson] = report.lessons
        expect(lesson).toMatchObject({ name: "packed", section: "layout", wall: speed })
        expect(lesson!.wasteful.liveBytes).toBe(15_144)
        expect(lesson!.ratios.liveBytes).toBeCloseTo(1364 / 15144)
        expect(JSON.stringify(report)).not.toContain("wasteful.ts")
    })

    it("have no ratio against zero", () => {
        const wasteful = { ...sampleStudy.wasteful, collections: 0 }
        const report = lessonsReport([{ ...sampleStudy, wasteful }], board)
        expect(report.lessons[0]!.ratios.collections).toBeNull()
    })
})

import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { BoardFigures } from "../../../../host/analysis/budgets/board-figures"
import { judgeBoard, type SeenBoard } from "../../../../host/analysis/budgets/judge-board"
import type { BoardBudget } from "../../../../host/documents/check/board-check"
import type { Budget } from "../../../../host/documents/check/report"
import type { MemoryEvent } from "../../../../host/model/events"
import type { HeapFigures } from "../../../../host/model/figures"
import { boardCheckJunit, boardCheckMarkdown } from "../../../../host/sinks/ci/board-check-reports"

const HEAP = 65_536
const FINE = {
    ...{ kind: "fine", severity: "good", headline: "ran", evidence: [] },
    next: { command: "x", why: "y" },
} as unknown as SeenBoard["judgement"]

const sample = (atMs: number, bytes: number, errorBytes: number): MemoryEvent => ({
    ...{ kind: "sample", atMs, usedBytes: bytes, liveBytes: bytes, freeBytes: HEAP - bytes },
    ...{ largestFreeBytes: HEAP - bytes, collections: 0, allocations: 0, allocatedBytes: atMs },
    estimate: { errorBytes, liveErrorBytes: errorBytes },
})
const exact = (atMs: number, bytes: number): MemoryEvent => ({
    ...{ kind: "figures", atMs },
    heap: {
        ...{ usedBytes: bytes, liveBytes: bytes, largestFreeBytes: HEAP - bytes },
    } as HeapFigures,
})

function judge(events: readonly MemoryEvent[], budgets: readonly Budget[], readsExactly = false) {
    const figures = new BoardFigures(HEAP, readsExactly)
    for (const event of events) figures.add(event)
    return judgeBoard(budgets, {
        ...{ address: "/dev/ttyACM0", program: { entry: "src/main.ts" } },
        ...{ board: { id: "pico", heapBytes: HEAP }, watchedMs: 60_000, figures },
        ...{ judgement: FINE, deaths: 0, isOther: false, isInterrupted: false },
    })
}

const budget = (figure: Budget["figure"], value: number, more: Partial<Budget> = {}): Budget => ({
    ...{ figure, limit: { value }, level: "error", of: `budgets.${figure}` },
    ...more,
})

/** Figures of some moments, and by how much each estimate really was off, within its error. */
const course = fc.array(
    fc
        .record({
            bytes: fc.integer({ min: 4000, max: 40_000 }),
            error: fc.integer({ min: 1, max: 3000 }),
        })
        .chain(one =>
            fc.integer({ min: -one.error, max: one.error }).map(off => ({ ...one, off })),
        ),
    { minLength: 1, maxLength: 8 },
)

test("whatever the truth within the error is, kept is kept and exceeded is exceeded", () => {
    fc.assert(
        fc.property(course, fc.integer({ min: 0, max: 50_000 }), (moments, limit) => {
            const events = moments.map(({ bytes, error }, i) => sample(i * 1000, bytes, error))
            const truth = Math.max(...moments.map(({ bytes, off }) => bytes + off))
            const report = judge(events, [budget("live", limit)])
            const { verdict, range } = report.budgets[0]!
            if (verdict === "kept") expect(truth).toBeLessThanOrEqual(limit)
            if (verdict === "exceeded") expect(truth).toBeGreaterThan(limit)
            if (verdict === "not told") {
                expect(limit).toBeGreaterThanOrEqual(range!.least)
                expect(limit).toBeLessThan(range!.most!)
            }
            expect(report.passed).toBe(verdict === "kept")
            expect(verdict).not.toBe("left out")
        }),
    )
})

test("of what has to be at least so much, it is the other way round", () => {
    const verdictAt = (limit: number) =>
        judge([exact(0, 10_000)], [budget("largestFree", limit)]).budgets[0]!.verdict
    expect([HEAP - 10_001, HEAP - 10_000, HEAP - 9999].map(verdictAt)).toEqual([
        ...["kept", "kept", "exceeded"],
    ])
})

test("exact readings narrow it: an estimate counts where it is surely more", () => {
    const events = [sample(0, 10_000, 4000), exact(500, 9000), sample(1000, 10_500, 4000)]
    const limit = [budget("live", 9500)]
    expect(judge(events, limit).budgets[0]).toMatchObject({
        ...{ verdict: "not told", because: expect.stringContaining("--exact-every") },
    })
    expect(judge(events, limit, true).budgets[0]).toMatchObject({ verdict: "kept", value: 9000 })
    const sure = [...events, sample(1500, 20_000, 4000)]
    expect(judge(sure, limit, true).budgets[0]).toMatchObject({ verdict: "exceeded" })
})

describe("never green by mistake:", () => {
    const verdictsOf = (budgets: readonly BoardBudget[]) => budgets.map(one => one.verdict)

    test("a board that says nothing fails, with budgets and without", () => {
        const { failures, budgets } = judge([], [budget("live", 9000)])
        expect(verdictsOf(budgets)).toEqual(["not told"])
        expect(failures.map(({ kind }) => kind)).toEqual(["outcome", "budget"])
        expect(judge([], []).passed).toBe(false)
    })

    test("so does another program, and one that died in between", () => {
        const figures = new BoardFigures(HEAP, false)
        figures.add(exact(0, 9000))
        const seen: SeenBoard = {
            ...{ address: "a", program: { entry: "b" }, board: { id: "pico", heapBytes: HEAP } },
            ...{ watchedMs: 1, figures, judgement: FINE },
            ...{ deaths: 0, isOther: false, isInterrupted: false },
        }
        expect(judgeBoard([], seen).passed).toBe(true)
        expect(judgeBoard([], { ...seen, isOther: true }).passed).toBe(false)
        expect(judgeBoard([], { ...seen, deaths: 2 }).failures[0]!.message).toBe(
            "it died 2 times, and was started again",
        )
        expect(judgeBoard([], { ...seen, isInterrupted: true }).passed).toBe(false)
    })

    test("what is not told fails as an error, warns as a warning; what no board tells is left out", () => {
        const events = [sample(0, 9000, 500), sample(1000, 9000, 500)]
        const report = judge(events, [
            budget("live", 9000),
            budget("used", 9000, { level: "warning" }),
            budget("steadyAllocations", 0),
            budget("live", 0, { limit: { byShare: 0.02 }, of: "budgets.relative" }),
            budget("refused", 0, { structure: "orders", of: "structures.orders" }),
        ])
        expect(verdictsOf(report.budgets)).toEqual([
            ...["not told", "not told", "left out", "left out", "not told"],
        ])
        expect(report.failures).toHaveLength(2)
        expect(report.warnings).toHaveLength(1)
        const junit = boardCheckJunit(report)
        expect(junit).toContain('tests="6" failures="2"')
        expect(junit.match(/type="not told"/g)).toHaveLength(2)
        expect(junit.match(/<skipped /g)).toHaveLength(3)
        expect(boardCheckMarkdown(report).match(/\| \? not told \|/g)).toHaveLength(3)
    })
})

import fc from "fast-check"
import { expect, test } from "vitest"
import { pairUp } from "../../../../host/analysis/profile/pair-up"
import {
    differenceOfProfiles,
    type ProfileSide,
} from "../../../../host/analysis/profile/profile-difference"
import { addCost, noCost, type Cost } from "../../../../host/documents/cost"
import type { Changed, ChangedCall } from "../../../../host/documents/profile/profile-difference"
import type { CallNode, Site } from "../../../../host/documents/profile-report"
import { noBoardTime } from "../../../../host/model/board-time"
import { sampleProfile } from "./sample-profile"

const cost = fc.record({
    bytes: fc.nat(99),
    allocations: fc.nat(9),
    liveBytes: fc.nat(50),
    liveBlocks: fc.nat(5),
})
const site = fc
    .record({ line: fc.integer({ min: 1, max: 6 }), type: fc.constantFrom("array", "map"), cost })
    .map(({ cost, ...one }): Site => ({ ...one, ...cost }))

function sumOf(costs: readonly Cost[]): Cost {
    const sum = noCost()
    for (const one of costs) addCost(sum, one)
    return sum
}

const nobody = fc.constant<CallNode>(sampleProfile().tree)
const call = fc.memo((depth): fc.Arbitrary<CallNode> =>
    fc
        .record({
            function: fc.constantFrom("main", "take", "inline"),
            line: fc.integer({ min: 1, max: 9 }),
            sites: fc.array(site, { maxLength: 3 }),
            children: fc.array(depth > 1 ? call(depth - 1) : nobody, {
                maxLength: depth > 1 ? 3 : 0,
            }),
        })
        .map(one => ({
            ...{ ...one, file: "a.ts", library: false },
            total: sumOf([...one.sites, ...one.children.map(({ total }) => total)]),
        })),
)

const side = fc
    .record({
        tree: call(3),
        lines: fc.uniqueArray(
            fc.record({ line: fc.integer({ min: 1, max: 6 }), own: cost, ms: fc.nat(9) }),
            { selector: ({ line }) => line },
        ),
        texts: fc.array(fc.constantFrom("a()", "b()", "c()"), { minLength: 6, maxLength: 6 }),
        functions: fc.array(fc.record({ name: fc.constantFrom("f", "g"), self: cost })),
    })
    .map(({ tree, lines, texts, functions }): ProfileSide => ({
        name: "one",
        texts: new Map([["a.ts", texts.join("\n")]]),
        profile: {
            ...{ ...sampleProfile(), tree, total: sumOf(lines.map(({ own }) => own)) },
            lines: lines.map(({ line, own, ms }) => ({
                ...{ place: `a.ts:${line}`, file: "a.ts", line, library: false },
                ...{ own, self: own, types: {}, boardTime: { ...noBoardTime(), ms } },
            })),
            functions: functions.map(({ name, self }, i) => ({
                ...{ function: name, file: "a.ts", line: i + 1, library: false },
                ...{ self, total: self, boardTime: noBoardTime() },
            })),
        },
    }))

const FIGURES = ["bytes", "allocations", "liveBytes", "liveBlocks"] as const
const changes = (items: readonly Changed[]) =>
    FIGURES.map(name => items.reduce((sum, one) => sum + one.after[name] - one.before[name], 0))

/** Every function is what its sites and its calls are, in what it differs by. */
function addsUp(call: ChangedCall): void {
    expect(changes([...call.sites, ...call.children])).toEqual(changes([call]))
    call.children.forEach(addsUp)
}

test("the differences of lines, of functions and of the tree add up to those of the whole", () => {
    fc.assert(
        fc.property(side, side, (before, after) => {
            const found = differenceOfProfiles("programs", before, after, "allocated")
            const [old, now] = [before.profile, after.profile]
            const whole = { before: old.total, after: now.total }
            expect(changes(found.lines)).toEqual(changes([whole]))
            const ownOf = (one: ProfileSide["profile"]) => sumOf(one.functions.map(f => f.self))
            expect(changes(found.functions)).toEqual(
                changes([{ before: ownOf(old), after: ownOf(now) }]),
            )
            expect(changes([found.tree])).toEqual(
                changes([{ before: old.tree.total, after: now.tree.total }]),
            )
            addsUp(found.tree)
        }),
        { numRuns: 100 },
    )
})

test("a profile and itself differ in nothing", () => {
    fc.assert(
        fc.property(side, one => {
            const { lines, functions, tree } = differenceOfProfiles("moments", one, one, "live")
            expect({ lines, functions }).toEqual({ lines: [], functions: [] })
            expect(tree).toMatchObject({ sites: [], children: [] })
        }),
        { numRuns: 50 },
    )
})

test("lines that moved are the same lines, and so is the entry of another name", () => {
    const before = sampleProfile()
    const text = (offset: number) =>
        [
            ...Array<string>(offset).fill("//"),
            ...Array.from({ length: 30 }, (_, i) => `line${i}`),
        ].join("\n")
    const moved = {
        ...before,
        program: { ...before.program, entry: "src/other.ts" },
        lines: before.lines.map(line =>
            line.file === "src/order.ts"
                ? { ...line, file: "src/other.ts", line: line.line! + 3 }
                : line,
        ),
    }
    const old = { ...before, program: { ...before.program, entry: "src/order.ts" } }
    const { lines } = differenceOfProfiles(
        "programs",
        { name: "a", profile: old, texts: new Map([["src/order.ts", text(0)]]) },
        { name: "b", profile: moved, texts: new Map([["src/other.ts", text(3)]]) },
        "allocated",
    )
    expect(lines).toEqual([])
})

test("in pairs everybody is there once", () => {
    const list = fc.array(fc.tuple(fc.nat(3), fc.nat(3)))
    fc.assert(
        fc.property(list, list, (before, after) => {
            const pairs = pairUp(before, after, [([a, b]) => [a, b], ([a]) => [a]])
            const sorted = (all: readonly unknown[]) => all.map(one => JSON.stringify(one)).sort()
            const there = (side: 0 | 1) => pairs.flatMap(pair => (pair[side] ? [pair[side]] : []))
            expect(sorted(there(0))).toEqual(sorted(before))
            expect(sorted(there(1))).toEqual(sorted(after))
        }),
    )
})

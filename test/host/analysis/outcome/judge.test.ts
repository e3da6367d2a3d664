import { describe, expect, test } from "vitest"
import type { Leak } from "../../../../host/documents/leak"
import { judge, type RunFacts } from "../../../../host/analysis/outcome/judge"
import { steadyReport } from "../../sinks/terminal/sample-run"

const MINUTE = 60_000
const SOURCE = `const orders: string[] = []
setInterval(() => { orders.push("x") }, 100)
for (let i = 0; i < 900; i++) bounded.push(i)
setInterval(() => { if (limited.length < 900) limited.push(1) }, 100)
`

function facts(over: Partial<RunFacts> = {}): RunFacts {
    const { heap } = steadyReport()
    return {
        program: { entry: "main.ts" },
        board: { id: "pico" },
        outcome: { kind: "running" },
        ...{ forMs: 10 * MINUTE, ranMs: 10 * MINUTE, isInterrupted: false },
        heap,
        trend: { liveBytesPerHour: 0, verdict: "flat" },
        firstLiveBytes: 2000,
        restarts: 0,
        waitingFor: [],
        seen: {
            ...{
                leaks: [],
                leaksOfLives: [],
                heaviest: undefined,
                death: undefined,
                holes: undefined,
            },
            ...{ largestRequestBytes: 200, largestHoleBytes: 30_000, pinnedBy: [] },
            ...{ restingLiveBytes: 3000, inHandBytes: 0, idleSinceMs: undefined },
        },
        sourceOf: () => SOURCE,
        ...over,
    }
}

function leak(path: string, line: number, column: number, to = 900, name = "inline"): Leak {
    return {
        ...{ path, kind: "array", alongside: [], fromMs: 4 * MINUTE, toMs: 10 * MINUTE },
        items: { from: to / 3, to },
        liveBytes: { from: 3000, to: 9000 },
        liveBytesPerHour: 60_000,
        filledAt: { function: name, file: "main.ts", line, column },
        heldAt: [],
    }
}

const seeing = (over: Partial<RunFacts["seen"]>): Partial<RunFacts> => ({
    seen: { ...facts().seen, ...over },
})

describe("one judgement", () => {
    test.each<[string, Partial<RunFacts>, string, RegExp]>([
        ["nothing", {}, "fine", /^ran 10 m, live heap flat at 3,108 B of 65.5 kB$/],
        [
            "an end of its own",
            { outcome: { kind: "finished", atMs: 3200 }, ranMs: 3200 },
            "fine",
            /^finished after 3.2 s/,
        ],
        [
            "a text that never came",
            { untilText: "ready" },
            "wrong-text",
            /^never printed "ready" in 10 m$/,
        ],
        [
            "timers that nobody clears",
            seeing({ leaks: [leak("timeouts", 2, 24)] }),
            "leak",
            /with a leak: the list of timers \(timeouts\) never stops growing$/,
        ],
        ["the wrong text", { outcome: { kind: "failed-text" } }, "wrong-text", /means failure/],
        ["a timeout", { outcome: { kind: "timed-out" } }, "stopped", /^stopped by the timeout/],
        [
            "a hand",
            { isInterrupted: true, forMs: 24 * 60 * MINUTE },
            "stopped",
            /^stopped by you at 10 m of 24 h, live heap 3,108 B/,
        ],
        ["restarts", { restarts: 2 }, "restarted", /started itself again twice/],
        [
            "restarts that hide a leak",
            { restarts: 29, ...seeing({ leaksOfLives: [leak("history", 4, 5)] }) },
            "leak",
            /^ran 10 m, and started itself again 29 times, with a leak: history never stops growing until then$/,
        ],
        [
            "roles nobody plays",
            { waitingFor: ["temperature", "button"], outcome: { kind: "finished", atMs: 10 } },
            "waiting",
            /^finished after .* waiting for temperature and button, which never came/,
        ],
        [
            "idleness",
            seeing({ idleSinceMs: 300 }),
            "not-exercised",
            /nothing after its first 300 ms/,
        ],
        [
            "a hole too small for what it asks for",
            seeing({
                ...{ largestHoleBytes: 184, largestRequestBytes: 512 },
                holes: { count: 9, freeBytes: 900, largestBytes: 184, pins: [] },
            }),
            "tight",
            /the largest free block was 184 B, and it asks for up to 512 B/,
        ],
        [
            "a full heap",
            { heap: { ...facts().heap, highWaterLiveBytes: 63_200 } },
            "tight",
            /96\.5 % of the heap were live, 2,324 B from death/,
        ],
        [
            "nearly too many calls open at once",
            { stack: { deepestCall: 93, mostFrameBytes: 4464, longestTurn: 900 } },
            "tight",
            /93 of the 100 calls that the VM allows/,
        ],
        [
            "nearly too long without waiting",
            { stack: { deepestCall: 3, mostFrameBytes: 96, longestTurn: 120_000 } },
            "tight",
            /120,000 of the 131,072 instructions that the VM allows without waiting/,
        ],
        [
            "a list without an end",
            seeing({
                leaks: [leak("orders", 2, 21)],
                death: { atMs: 60 * MINUTE, fromMs: 55 * MINUTE, toMs: 66 * MINUTE },
            }),
            "leak",
            /orders never stops growing: out of memory after about 1 h \(55 m to 1 h 06 m\)$/,
        ],
        [
            "a list that a loop fills",
            seeing({ leaks: [leak("bounded", 3, 31, 900, "main")] }),
            "still-growing",
            /bounded still grew at the end: not told yet/,
        ],
        [
            "a list whose length is asked for",
            seeing({ leaks: [leak("limited", 4, 47)] }),
            "still-growing",
            /limited still grew/,
        ],
        [
            "a handful",
            seeing({ leaks: [leak("orders", 2, 21, 9)] }),
            "still-growing",
            /orders still/,
        ],
        [
            "growth past half of its life",
            seeing({
                leaks: [leak("limited", 4, 47)],
                death: { atMs: 15 * MINUTE, fromMs: 14 * MINUTE, toMs: 16 * MINUTE },
            }),
            "leak",
            /limited never stops growing/,
        ],
    ])("%s", (_what, over, kind, headline) => {
        const judgement = judge(facts(over))
        expect(judgement.kind).toBe(kind)
        expect(judgement.headline).toMatch(headline)
        expect(judgement.next?.command).toMatch(/^heapscope /)
    })

    test("what died is foretold nothing, and a peak inside one call is no growth", () => {
        const { heap } = facts()
        const dead: Partial<RunFacts> = {
            outcome: {
                kind: "panicked",
                panicName: "out-of-memory",
                requestedBytes: 20_000,
                stack: [{ function: "parse", file: "main.ts", line: 2, column: 21 }],
            },
            heap: { ...heap, liveBytes: 60_000, freeBytes: 4000, largestFreeBytes: 4000 },
            ...seeing({ inHandBytes: 56_000 }),
        }
        const judgement = judge(facts(dead))
        expect(judgement.kind).toBe("peak")
        expect(judgement.headline).toMatch(/a peak inside one call, which had 56,000 B in hand/)
        expect(judgement.death).toBeUndefined()
        expect(judgement.at).toMatchObject({ function: "parse", line: 2 })
    })

    test("a command to run next survives a shell", () => {
        const { next } = judge(facts({ program: { entry: "my program/it's.ts" } }))
        expect(next!.command).toBe("heapscope check 'my program/it'\\''s.ts'")
    })

    test("names what nobody answered and what nobody gave", () => {
        const unanswered = ["tcp://192.168.1.7:1883 (no answer)"]
        const lonely = judge(facts({ unanswered, missingSettings: ["KEY", "HOST"] }))
        expect(lonely).toMatchObject({ kind: "waiting", severity: "warning" })
        expect(lonely.headline).toMatch(/, but nobody answered tcp:\/\/192\.168\.1\.7:1883/)
        expect(lonely.evidence.join("\n")).toMatch(/KEY, HOST\. Put them into/)
        const died = judge(
            facts({
                outcome: { kind: "panicked", panicName: "unhandled-exception", atMs: 2000 },
                madeUpHosts: ["https://api.example.com"],
                isMadeUp: true,
                isOnRealNetwork: true,
            }),
        )
        expect(died.headline).toMatch(/^in a made-up world, on the real network: /)
        expect(died.evidence.at(-1)).toMatch(
            /^What https:\/\/api\.example\.com answered was made up/,
        )
        const spoke = judge(
            facts({
                outcome: { kind: "panicked", panicName: "unhandled-exception", atMs: 2000 },
                madeUpHosts: ["ws://127.0.0.1:8080"],
            }),
        )
        expect(spoke.evidence.at(-1)).toMatch(/^What ws:\S+ sent were the program's own messages/)
    })
})

describe("where to look", () => {
    test("is the program's line, also where a library's code died", () => {
        const frame = (file: string, line: number) => ({ function: "push", file, line, column: 1 })
        const stack = [
            frame("node_modules/heapscope/src/check.ts", 27),
            frame("node_modules/heapscope/src/ring-buffer.ts", 52),
            frame("src/main.ts", 4),
        ]
        const { at } = judge(
            facts({
                outcome: {
                    kind: "panicked",
                    panicName: "unhandled-exception",
                    panicCode: 60005,
                    stack,
                },
            }),
        )
        expect(at).toMatchObject({ file: "src/main.ts", line: 4 })
    })
})

describe("of a run that nobody told how long to be", () => {
    const endless = { forMs: Number.MAX_SAFE_INTEGER, isInterrupted: true }

    test("an end by hand is the usual one", () => {
        expect(judge(facts(endless))).toMatchObject({ kind: "fine" })
    })

    test("what to run next has a length of its own", () => {
        const { next } = judge(facts({ ...endless, ...seeing({ leaks: [leak("orders", 2, 21)] }) }))
        expect(next?.command).toBe("heapscope sim main.ts --board pico --for 10m --advice")
    })
})

test("says why a service of the program's own is not found, and why a board was taken", () => {
    const late = judge(facts({ waitingFor: ["Led_1[app:1]"] }))
    expect(late.evidence.join(" ")).toContain("start all of it first")
    expect(judge(facts({ waitingFor: ["led"] })).evidence.join(" ")).not.toContain("start all")
    const taken = judge(facts({ board: { id: "x", takenBecause: "It needs one." } }))
    expect(taken.evidence).toEqual(["It needs one."])
})

test("says that a board would not keep up, once there is enough to tell", () => {
    const slow = judge(facts({ boardMs: 11 * MINUTE }))
    expect(slow.evidence).toEqual([
        'A Raspberry Pi Pico takes about 11 m for what it did in these 10 m: it would not keep up. "heapscope profile main.ts --by time" says with what.',
    ])
    expect(judge(facts({ boardMs: 10 * MINUTE })).evidence).toEqual([])
    expect(judge(facts({ boardMs: 900, ranMs: 500 })).evidence).toEqual([])
})

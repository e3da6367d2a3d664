import { expect, onTestFinished, test, vi } from "vitest"
import type { LessonRun } from "../../../../host/documents/lessons-report"
import type { PageMessage, PageRequest } from "../../../../host/documents/page-messages"
import { PageTalk } from "../../../../host/sinks/web/page-talk"

const about = {
    program: { entry: "main.ts" },
    board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
    vm: { version: null },
}
const BEHIND = 1 << 20

/** A tab whose network takes nothing while it is stuck, and what it may ask for. */
function stuckTab() {
    const told: PageMessage[] = []
    const tab = {
        ...{ isOpen: true, bufferedAmount: 0 },
        send: (text: string) => void told.push(JSON.parse(text) as PageMessage),
    }
    const done: string[] = []
    const answered = (what: string) => {
        done.push(what)
        return JSON.stringify({ what })
    }
    const talk = new PageTalk({
        ...{ about, how: "simulated" },
        keys: {
            ...{ quit: () => undefined, interrupt: () => undefined },
            report: async () => answered("report"),
            size: () => answered("size"),
            layouts: async () => answered("layouts"),
            sourceText: answered,
            lesson: async name => {
                answered(name)
                return { name } as unknown as LessonRun
            },
        },
    })
    onTestFinished(() => talk.close())
    talk.meet(tab)
    const ask = (request: PageRequest) => talk.hear(tab, JSON.stringify(request))
    tab.bufferedAmount = BEHIND
    told.length = 0
    return { tab, told, done, ask }
}

test("what a tab asks for while it is behind is answered when it has caught up", async () => {
    const { tab, told, done, ask } = stuckTab()
    ask({ kind: "report" })
    ask({ kind: "size" })
    ask({ kind: "layouts" })
    ask({ kind: "kept" })
    ask({ kind: "source", file: "a.ts" })
    ask({ kind: "source", file: "b.ts" })
    ask({ kind: "lesson", name: "boxes" })
    await new Promise(resolve => setTimeout(resolve, 80))
    expect([told, done]).toEqual([[], []])

    tab.bufferedAmount = 0
    await vi.waitFor(() => expect(told.length).toBe(7))
    const kinds = told.map(({ kind }) => kind)
    expect(kinds).toEqual(["report", "size", "layouts", "kept", "source", "source", "lesson"])
    await new Promise(resolve => setTimeout(resolve, 80))
    expect(told.length).toBe(7)
})

test("it gets the newest of each kind, one after the other as it takes them, however much it asks for", async () => {
    const { tab, told, done, ask } = stuckTab()
    for (let i = 0; i < 500; i++) {
        ask({ kind: "report" })
        ask({ kind: "lesson", name: `lesson ${i}` })
        ask({ kind: "source", file: `file ${i}` })
    }
    const { send } = tab
    tab.send = text => {
        send(text)
        tab.bufferedAmount = BEHIND
    }
    tab.bufferedAmount = 0
    await vi.waitFor(() => expect(told.length).toBe(1))
    await new Promise(resolve => setTimeout(resolve, 80))
    expect(told.length).toBe(1)

    tab.send = send
    tab.bufferedAmount = 0
    await vi.waitFor(() => expect(done).toContain("file 499"), 3000)
    expect(done.filter(what => what === "report").length).toBe(1)
    expect(done.filter(what => what.startsWith("lesson"))).toEqual(["lesson 499"])
    expect(done.length).toBeLessThanOrEqual(32)
})

test("a tab that has gone is owed nothing", async () => {
    const { tab, told, done, ask } = stuckTab()
    ask({ kind: "report" })
    tab.isOpen = false
    tab.bufferedAmount = 0
    await new Promise(resolve => setTimeout(resolve, 80))
    expect([told, done]).toEqual([[], []])
})

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { BoardLink } from "../../../host/playground/board-link"
import type { Progress } from "../../../host/playground/classroom/progress"
import { EditedProject } from "../../../host/playground/editor/edited-project"
import { KeptEdits } from "../../../host/playground/kept-edits"
import { linkEditor, type EditorLink } from "../../../host/playground/link-editor"
import { PlaygroundState } from "../../../host/playground/playground-state"
import type { Project } from "../../../host/playground/project"
import { PageState } from "../../../host/page/page-state"

const FIRST: Project = {
    ...{ title: "First", root: "/opened", entry: "main.ts", flags: {} },
    files: { "main.ts": "1", "other.ts": "2" },
}

describe("an editor that is connected to the project that is open", () => {
    let ran: string[]
    let state: PlaygroundState
    let edited: EditedProject
    let link: EditorLink
    beforeEach(() => {
        vi.useFakeTimers()
        vi.stubGlobal("matchMedia", () => ({ matches: false }))
        ran = []
        const board: Partial<BoardLink> = {
            run: ({ entry }) => void ran.push(entry),
            stop: () => undefined,
            write: () => undefined,
        }
        state = new PlaygroundState(
            { examples: [], first: FIRST } as never,
            board as BoardLink,
            new PageState({ start: () => undefined, ask: () => undefined } as never),
            {} as Progress,
            new KeptEdits(undefined),
            () => Promise.reject(new Error("offline")),
        )
        edited = new EditedProject()
        link = linkEditor(state, edited)
    })
    afterEach(() => {
        link.end()
        vi.useRealTimers()
        vi.unstubAllGlobals()
    })

    const project = () => state.project.value!

    it("runs the program that was chosen right after the project was opened", () => {
        state.open(FIRST)
        state.setEntry("other.ts")
        vi.advanceTimersByTime(1000)
        expect(project().entry).toBe("other.ts")
        expect(edited.entry.value).toBe("other.ts")
        expect(ran).toEqual(["main.ts", "other.ts"])
    })

    it("runs the program that was chosen while something was typed, and keeps what was typed", () => {
        state.open(FIRST)
        edited.setText("main.ts", "1 + 1")
        state.setEntry("other.ts")
        vi.advanceTimersByTime(1000)
        expect(project().entry).toBe("other.ts")
        expect(edited.entry.value).toBe("other.ts")
        expect(project().files).toEqual({ "main.ts": "1 + 1", "other.ts": "2" })
        expect(ran).toEqual(["main.ts", "other.ts"])
    })

    it("renames the program that runs, and has it only once", () => {
        state.open(FIRST)
        expect(edited.rename("main.ts", "start.ts")).toBeUndefined()
        // Something else of the project changes before it is told.
        state.setFlags({ board: "pico" })
        vi.advanceTimersByTime(1000)
        expect(project().entry).toBe("start.ts")
        expect(project().files).toEqual({ "start.ts": "1", "other.ts": "2" })
        expect(edited.names.value).toEqual(["start.ts", "other.ts"])
        expect(ran.at(-1)).toBe("start.ts")
    })

    it("takes changes of several files at once", () => {
        state.open(FIRST)
        edited.setText("main.ts", "3")
        edited.setText("other.ts", "4")
        vi.advanceTimersByTime(1000)
        expect(project().files).toEqual({ "main.ts": "3", "other.ts": "4" })
        expect(edited.text("other.ts")).toBe("4")
    })
})

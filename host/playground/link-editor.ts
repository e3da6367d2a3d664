import { batch, effect, untracked } from "@preact/signals"
import { costsByLine } from "../page/panels/allocations/line-costs"
import type { EditedProject } from "./editor/edited-project"
import type { PlaygroundState } from "./playground-state"

/** What is typed is a change of the program once nothing is typed for so long. Milliseconds. */
const PAUSE_MS = 250
/** What lines cost is asked for so often. Milliseconds. */
const ASK_MS = 2000

/** An editor that is connected to the project that is open. */
export interface EditorLink {
    /** Tells at once what is typed: somebody is about to run it. */
    flush(): void
    end(): void
}

/** Has the editor show the project that is open, and the project be what is edited. */
export function linkEditor(state: PlaygroundState, edited: EditedProject): EditorLink {
    /** The files as both have them: others come from somebody else. */
    let known: Readonly<Record<string, string>> | undefined
    /** The program that runs, as both have it: who has another one has changed it. */
    let knownEntry: string | undefined
    let waiting: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
        clearTimeout(waiting)
        waiting = undefined
        if (known === undefined || state.project.peek()?.files !== known) return
        // All at once: a renamed file is a new one and a deleted one, and neither stands by itself.
        batch(() => {
            const files = edited.files()
            for (const { name, text } of files) if (known![name] !== text) state.edit(name, text)
            const entry = edited.entry.peek()
            if (entry !== knownEntry) state.setEntry(entry)
            for (const name of Object.keys(state.project.peek()!.files))
                if (edited.text(name) === undefined) state.removeFile(name)
        })
        known = state.project.peek()!.files
    }
    const ends: (() => void)[] = [
        effect(() => {
            const project = state.project.value
            if (!project) return
            untracked(() => {
                const all = Object.entries(project.files)
                const files = all.map(([name, text]) => ({ name, text }))
                if (project.opened) {
                    edited.open(files, files[0]?.name ?? "", true)
                    known = undefined
                    return
                }
                const isOther = edited.isFixed.peek() || !isSame(project.files, edited)
                const isNew = project.files !== known && isOther
                const why = isNew ? edited.open(files, project.entry) : undefined
                // What the editor does not take stays as it is: nothing of what it had is a change of it.
                known = why === undefined ? project.files : undefined
                if (project.entry !== knownEntry && edited.text(project.entry) !== undefined)
                    edited.entry.value = project.entry
                knownEntry = project.entry
            })
        }),
        effect(() => {
            void edited.revision.value
            clearTimeout(waiting)
            waiting = setTimeout(flush, PAUSE_MS)
        }),
        effect(() => {
            const name = state.openFile.value
            untracked(() => edited.show(name))
        }),
        effect(() => {
            const wanted = state.wantedLine.value
            if (wanted) untracked(() => edited.reveal(wanted.file, wanted.line))
        }),
        effect(() => {
            void state.page.frame.value
            const { problems } = state
            untracked(() => {
                if (JSON.stringify(problems) !== JSON.stringify(edited.problems.value))
                    edited.setProblems(problems)
            })
        }),
        effect(() => {
            const told = state.page.allocated.value
            const costs = (told ? costsByLine(told, "allocated") : []).flatMap(({ file, lines }) =>
                [...lines].map(([line, { bytes, allocations: count }]) => ({
                    ...{ file, line, bytes, count },
                })),
            )
            untracked(() => edited.setCosts(costs))
        }),
    ]
    const { page } = state
    const ask = () => {
        if (page.can("allocated")) page.ask({ kind: "allocated" })
    }
    const asking = setInterval(ask, ASK_MS)
    ends.push(
        () => clearInterval(asking),
        // What is counted is counted from the first question on.
        effect(() => {
            if (page.history.value) untracked(ask)
        }),
    )
    return {
        flush,
        end: () => {
            flush()
            for (const end of ends) end()
        },
    }
}

function isSame(files: Readonly<Record<string, string>>, edited: EditedProject): boolean {
    const names = edited.names.peek()
    return (
        names.length === Object.keys(files).length &&
        names.every(name => edited.hasText(name, files[name]))
    )
}

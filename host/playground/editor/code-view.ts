import { effect } from "@preact/signals"
import type { StateEffect } from "@codemirror/state"
import { EditorView } from "@codemirror/view"
import type { EditedProject } from "./edited-project"

/**
 * Shows the files of a project in a place of a page. It is drawn in a shadow tree: there its styles are
 * style sheets made by the program, which a policy that allows no inline styles lets pass. Whoever makes
 * one ends it.
 */
export class CodeView {
    private readonly view: EditorView
    private readonly ends: (() => void)[] = []
    /** Where each file was scrolled to. */
    private readonly scrolled = new Map<string, StateEffect<unknown>>()
    private name: string

    /** @param place an element that has no shadow tree of another's, with a height of its own */
    constructor(
        place: HTMLElement,
        private readonly project: EditedProject,
    ) {
        this.name = project.shown.peek()
        const root = place.shadowRoot ?? place.attachShadow({ mode: "open" })
        const state = project.stateNow(this.name)
        this.view = new EditorView({
            ...(state ? { state } : {}),
            root,
            parent: root,
            dispatchTransactions: (transactions, view) => {
                const last = transactions.at(-1)
                if (last && last.newDoc !== view.state.doc && !project.fits(this.name, last.newDoc))
                    return project.refuseSize()
                view.update(transactions)
                project.took(this.name, view.state)
            },
        })
        project.attach({ view: this.view, name: this.name })
        const onKey = (event: Event) => keepKey(event as KeyboardEvent)
        root.addEventListener("keydown", onKey)
        this.ends.push(
            () => root.removeEventListener("keydown", onKey),
            effect(() => {
                void project.names.value
                this.follow(project.shown.value)
            }),
            effect(() => {
                const place = project.wanted.value
                if (place && place.name === this.name) this.scrollTo(place.line)
            }),
        )
    }

    focus(): void {
        this.view.focus()
    }

    /** Takes it off the page; the project keeps what it showed. */
    end(): void {
        for (const end of this.ends) end()
        this.project.attach(undefined)
        this.view.destroy()
    }

    private follow(name: string): void {
        const state = this.project.stateNow(name)
        if (!state || state === this.view.state) return
        this.scrolled.set(this.name, this.view.scrollSnapshot())
        const back = name === this.name ? undefined : this.scrolled.get(name)
        this.name = name
        this.project.attach({ view: this.view, name })
        // What is still to be measured, as a tooltip's place, is of the text that goes: it is measured now.
        this.view.coordsAtPos(0)
        this.view.setState(state)
        if (back) this.view.dispatch({ effects: back })
    }

    private scrollTo(line: number): void {
        const { doc } = this.view.state
        const { from } = doc.line(Math.min(line, doc.lines))
        this.view.dispatch({ effects: EditorView.scrollIntoView(from, { y: "center" }) })
        this.view.focus()
        this.project.wanted.value = undefined
    }
}

/** What is typed here is no key of the page's; one with Ctrl that the editor has no use for may be. */
function keepKey(event: KeyboardEvent): void {
    const isCommand = event.ctrlKey || event.metaKey
    if (!isCommand || event.defaultPrevented) event.stopPropagation()
}

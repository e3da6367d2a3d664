import { batch, computed, signal } from "@preact/signals"
import {
    EditorSelection,
    type EditorState,
    type Text,
    type TransactionSpec,
} from "@codemirror/state"
import type { EditorView } from "@codemirror/view"
import type { CodeHelp } from "../../compiler/language/code-help"
import { formatBytes } from "../../base/format-units"
import { fileName, makeState, renameState } from "./code-state"
import { setCosts, type LineCost } from "./cost-gutter"
import type { HelpOf } from "./help-tooltips"
import { MAX_FILES, MAX_PROJECT_BYTES, whyNotNamed } from "./file-name"
import { markProblems, type Problem } from "./problem-marks"

/** A file of a program, its name with forward slashes from the project's folder. */
export interface EditedFile {
    name: string
    text: string
}

/** What the editor shows where, and where it is to scroll to. */
interface Place {
    name: string
    line: number
}

/**
 * The files of a program while somebody edits them: texts with their undo histories, what is marked in
 * them, which one is shown. It knows no page: a `CodeView` shows it. Whoever wants to know of changes looks
 * at `revision`.
 */
export class EditedProject {
    /** In the order that they were added. */
    readonly names = signal<readonly string[]>([])
    readonly shown = signal("")
    /** The program that the board starts: it can be renamed, not deleted. */
    readonly entry = signal("")
    /** The files are there to be read: nothing of them is changed. */
    readonly isFixed = signal(false)
    /** Counts changes of texts and names. */
    readonly revision = signal(0)
    readonly problems = signal<readonly Problem[]>([])
    /** What was not done, and why; empty when there is nothing to say. */
    readonly refusal = signal("")
    /** The file that was deleted last, while it can be had back. */
    readonly deleted = signal<string | undefined>(undefined)
    /** Counts selections: what is told of the cursor's place looks at it. */
    readonly moves = signal(0)
    /** Where the view is to scroll to next. */
    readonly wanted = signal<Place | undefined>(undefined)
    /** Who completes names and tells what they are. Asked after `revision` has told the last change. */
    help: CodeHelp | undefined

    /** The state that is shown, for who tells of it. */
    readonly state = computed(() => {
        void this.moves.value
        return this.states.get(this.shown.value)
    })

    private readonly states = new Map<string, EditorState>()
    private kept: { name: string; state: EditorState } | undefined
    private view: { view: EditorView; name: string } | undefined
    private costs: readonly LineCost[] = []

    /**
     * Takes other files in place of all that are there: a lesson, a link.
     * @param entry the one that the board starts
     * @param isFixed they are there to be read
     * @returns why not; undefined when they are taken
     */
    open(files: readonly EditedFile[], entry: string, isFixed = false): string | undefined {
        const names = files.map(({ name }) => name)
        const why =
            names
                .map((name, index) => whyNotNamed(name, names.slice(0, index)))
                .find(said => said !== undefined) ??
            (files.length > MAX_FILES ? `More than ${MAX_FILES} files.` : undefined) ??
            (bytesOf(files.map(({ text }) => text)) > MAX_PROJECT_BYTES ? TOO_LARGE : undefined) ??
            (names.includes(entry) ? undefined : `There is no file ${entry}.`)
        if (why !== undefined) return why
        this.states.clear()
        this.isFixed.value = isFixed
        for (const { name, text } of files) this.states.set(name, this.stateOf(name, text))
        this.costs = []
        batch(() => {
            this.forgetDeleted()
            this.problems.value = []
            this.refusal.value = ""
            this.entry.value = entry
            this.names.value = names
            this.shown.value = entry
            this.told()
        })
        return undefined
    }

    /** All files as they are now, in order. */
    files(): EditedFile[] {
        return this.names.peek().map(name => ({ name, text: this.text(name) ?? "" }))
    }

    text(name: string): string | undefined {
        return this.states.get(name)?.doc.toString()
    }

    /** Whether that is the text of a file; told without writing it out where the length says it already. */
    hasText(name: string, text: string | undefined): boolean {
        return text?.length === this.states.get(name)?.doc.length && text === this.text(name)
    }

    /** Replaces a file's text, as one step of its undo history. @returns why not */
    setText(name: string, text: string): string | undefined {
        const state = this.states.get(name)
        if (!state) return `There is no file ${name}.`
        if (!this.fits(name, text)) return this.refuse(TOO_LARGE)
        if (state.doc.toString() === text) return undefined
        this.apply(name, { changes: { from: 0, to: state.doc.length, insert: text } })
        return undefined
    }

    show(name: string): void {
        if (this.states.has(name)) this.shown.value = name
    }

    /** Adds a file and shows it. @returns why not */
    add(name: string, text = ""): string | undefined {
        const why =
            whyNotNamed(name, this.names.peek()) ??
            (this.states.size >= MAX_FILES ? `More than ${MAX_FILES} files.` : undefined)
        if (why !== undefined) return this.refuse(why)
        if (!this.fits(name, text)) return this.refuse(TOO_LARGE)
        this.states.set(name, this.stateOf(name, text))
        this.changeNames([...this.names.peek(), name], name)
        return undefined
    }

    /** Its text keeps its undo history. @returns why not */
    rename(from: string, to: string): string | undefined {
        const state = this.states.get(from)
        if (!state || from === to) return undefined
        const others = this.names.peek().filter(name => name !== from)
        const why =
            whyNotNamed(to, others) ??
            (from === this.entry.peek() && !/(?<!\.d)\.tsx?$/.test(to)
                ? "The board starts this file: its name ends with .ts."
                : undefined)
        if (why !== undefined) return this.refuse(why)
        this.states.delete(from)
        this.states.set(to, renameState(state, to))
        const renamed = (name: string) => (name === from ? to : name)
        this.costs = this.costs.map(cost => ({ ...cost, file: renamed(cost.file) }))
        this.changeNames(this.names.peek().map(renamed), renamed(this.shown.peek()), () => {
            this.entry.value = renamed(this.entry.peek())
            this.problems.value = this.problems
                .peek()
                .map(problem => ({ ...problem, file: renamed(problem.file) }))
        })
        return undefined
    }

    /** Deletes a file; `restore` has it back, with its undo history. @returns why not */
    delete(name: string): string | undefined {
        const state = this.states.get(name)
        if (!state) return undefined
        if (name === this.entry.peek())
            return this.refuse(`The board starts ${name}: rename it, or edit it, instead.`)
        const at = this.names.peek().indexOf(name)
        this.kept = { name, state }
        this.states.delete(name)
        const names = this.names.peek().filter(other => other !== name)
        const shown = this.shown.peek()
        this.changeNames(names, shown === name ? names[Math.max(0, at - 1)]! : shown, () => {
            this.deleted.value = name
        })
        return undefined
    }

    /** Brings the file back that was deleted last. @returns why not */
    restore(): string | undefined {
        if (!this.kept) return undefined
        const { name, state } = this.kept
        const why = whyNotNamed(name, this.names.peek())
        if (why !== undefined) return this.refuse(why)
        if (!this.fits(name, state.doc)) return this.refuse(TOO_LARGE)
        this.states.set(name, state)
        this.changeNames([...this.names.peek(), name], name, () => this.forgetDeleted())
        return undefined
    }

    forgetDeleted(): void {
        this.kept = undefined
        this.deleted.value = undefined
    }

    /** Marks what is wrong, in place of what was marked before. */
    setProblems(problems: readonly Problem[]): void {
        this.problems.value = problems
        for (const name of this.names.peek()) this.markProblemsOf(name)
    }

    /** Shows what lines cost, in place of what was shown before. */
    setCosts(costs: readonly LineCost[]): void {
        this.costs = costs
        for (const name of this.names.peek()) this.markCostsOf(name)
    }

    /** Shows a line, with the cursor in it. */
    reveal(name: string, line: number): void {
        const state = this.states.get(name)
        if (!state) return
        const at = state.doc.line(Math.min(Math.max(1, Math.trunc(line) || 1), state.doc.lines))
        this.apply(name, { selection: EditorSelection.cursor(at.from) })
        this.shown.value = name
        this.wanted.value = { name, line: at.number }
    }

    /** A view shows a file from now on; undefined when it shows none. */
    attach(shown: { view: EditorView; name: string } | undefined): void {
        this.view = shown
    }

    stateNow(name: string): EditorState | undefined {
        return this.states.get(name)
    }

    /** What a view has made of a file. */
    took(name: string, state: EditorState): void {
        const before = this.states.get(name)
        if (before === undefined || before === state) return
        this.states.set(name, state)
        this.moves.value = this.moves.peek() + 1
        if (before.doc !== state.doc) {
            this.refusal.value = ""
            this.told()
        }
    }

    /** Whether the project stays within its bytes when a file has another text. */
    fits(name: string, text: string | Text): boolean {
        const others = [...this.states].filter(([other]) => other !== name)
        const lengths = others.reduce((sum, [, { doc }]) => sum + doc.length, text.length)
        // No character of a text takes more than three bytes.
        if (lengths * 3 <= MAX_PROJECT_BYTES) return true
        return bytesOf([...others.map(([, { doc }]) => doc), text]) <= MAX_PROJECT_BYTES
    }

    refuse(why: string): string {
        this.refusal.value = why
        return why
    }

    refuseSize(): void {
        this.refuse(TOO_LARGE)
    }

    private apply(name: string, spec: TransactionSpec): void {
        if (this.view?.name === name) return this.view.view.dispatch(spec)
        const state = this.states.get(name)
        if (state) this.took(name, state.update(spec).state)
    }

    private stateOf(name: string, text: string): EditorState {
        const isFixed = this.isFixed.peek()
        const helpOf: HelpOf = state => {
            const { help } = this
            const file = state.facet(fileName)
            return help && !isFixed && /\.tsx?$/.test(file) ? { help, file } : undefined
        }
        return makeState(name, text, helpOf, isFixed)
    }

    private markProblemsOf(name: string): void {
        const state = this.states.get(name)
        const own = this.problems.peek().filter(({ file }) => file === name)
        if (state) this.apply(name, markProblems(state, own))
    }

    private markCostsOf(name: string): void {
        const own = this.costs.filter(({ file }) => file === name)
        this.apply(name, { effects: setCosts.of(own) })
    }

    private changeNames(names: readonly string[], shown: string, more = () => undefined as void) {
        batch(() => {
            this.names.value = names
            this.shown.value = shown
            this.refusal.value = ""
            more()
            this.told()
        })
    }

    private told(): void {
        this.revision.value = this.revision.peek() + 1
    }
}

const TOO_LARGE = `All files together may have ${formatBytes(MAX_PROJECT_BYTES)}, and this would be more.`

function bytesOf(texts: readonly (string | Text)[]): number {
    return texts.reduce((sum, text) => sum + utf8Length(text.toString()), 0)
}

/** Counted, not made: of a long text that takes a tenth of the time. */
function utf8Length(text: string): number {
    let bytes = text.length
    for (let at = 0; at < text.length; at++) {
        const unit = text.charCodeAt(at)
        if (unit < 0x80) continue
        // Each half of a pair has two of its four bytes; one without the other becomes three.
        const isPair = (unit & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
        if (isPair) at++
        bytes += isPair || unit >= 0x800 ? 2 : 1
    }
    return bytes
}

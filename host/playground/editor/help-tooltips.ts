import {
    autocompletion,
    insertCompletionText,
    pickedCompletion,
    type Completion as Option,
    type CompletionContext,
    type CompletionResult,
} from "@codemirror/autocomplete"
import type { EditorState, Extension } from "@codemirror/state"
import { hoverTooltip, type EditorView } from "@codemirror/view"
import type {
    CodeHelp,
    Completion,
    CompletionFacts,
    NameFacts,
} from "../../compiler/language/code-help"

/** Who knows what of a file; undefined for one that nobody knows anything of. */
export type HelpOf = (state: EditorState) => { help: CodeHelp; file: string } | undefined

/** Names while somebody types, with what they are beside them. */
export function completions(helpOf: HelpOf): Extension {
    const source = async (context: CompletionContext): Promise<CompletionResult | null> => {
        const { state, pos } = context
        const known = helpOf(state)
        const word = context.matchBefore(/[\w$]+$/)
        const mayBegin = /[.{,"'/]/.test(state.sliceDoc(pos - 1, pos)) && isCode(context)
        if (!known || !(context.explicit || mayBegin || (word && !/^\d/.test(word.text))))
            return null
        const found = await known.help.complete(known.file, pos)
        if (!found || context.aborted || found.items.length === 0) return null
        return {
            from: found.from,
            to: found.to,
            options: found.items.map(item => optionOf(item, known, pos)),
            validFor: /^[\w$]*$/,
        }
    }
    return autocompletion({ override: [source], icons: true, maxRenderedOptions: 80 })
}

/** A list that opens by itself is for a dot, or inside braces and texts of imports. */
function isCode({ state, pos }: CompletionContext): boolean {
    const { from } = state.doc.lineAt(pos)
    const before = state.sliceDoc(from, pos)
    return /\.$/.test(before)
        ? !/(^|[^\w$)\]])\d+\.$/.test(before)
        : /^\s*(import|export)\b/.test(before)
}

function optionOf(item: Completion, known: { help: CodeHelp; file: string }, pos: number): Option {
    let facts: Promise<CompletionFacts | undefined> | undefined
    const describe = () => (facts ??= known.help.describe(known.file, pos, item))
    const option: Option = {
        label: item.label,
        type: item.kind,
        ...(item.detail === undefined ? {} : { detail: item.detail }),
        sortText: item.rank,
        // What is imported already comes before what is not.
        boost: item.module === undefined ? 0 : -20,
        info: async () => {
            const told = await describe()
            return told ? factsOf(told) : null
        },
    }
    if (item.module !== undefined || item.insert !== undefined)
        option.apply = (view, _, from, to) => void insert(view, option, item, from, to, describe)
    return option
}

/** Puts a name in at once, and what has to be imported for it as soon as that is known. */
async function insert(
    view: EditorView,
    option: Option,
    item: Completion,
    from: number,
    to: number,
    describe: () => Promise<CompletionFacts | undefined>,
): Promise<void> {
    const asked = item.module === undefined ? undefined : describe()
    view.dispatch({
        ...insertCompletionText(view.state, item.insert ?? item.label, from, to),
        annotations: pickedCompletion.of(option),
    })
    const { doc } = view.state
    const facts = await asked
    // Somebody was quicker with another change: the places are no longer these.
    if (!facts || view.state.doc !== doc) return
    // Imports stand before the name: it makes no difference whether that was there already.
    const before = facts.changes.filter(change => change.to <= from)
    const changes = before.map(({ from, to, text }) => ({ from, to, insert: text }))
    view.dispatch({ changes, userEvent: "input.complete" })
}

/** What a name is, under the pointer. */
export function hovers(helpOf: HelpOf): Extension {
    return hoverTooltip(
        async ({ state }, pos) => {
            const known = helpOf(state)
            const found = await known?.help.hover(known.file, pos)
            if (!found || found.to > state.doc.length) return null
            return { pos: found.from, end: found.to, create: () => ({ dom: factsOf(found) }) }
        },
        { hideOnChange: true },
    )
}

/** A declaration, and the words on it. */
export function factsOf({ signature, docs }: NameFacts): HTMLElement {
    const place = document.createElement("div")
    place.className = "cm-facts"
    const code = document.createElement("code")
    code.textContent = signature
    place.append(code)
    if (docs !== "") {
        const words = document.createElement("p")
        words.textContent = docs
        place.append(words)
    }
    return place
}

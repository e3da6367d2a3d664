import { completionStatus } from "@codemirror/autocomplete"
import { Prec, StateEffect, StateField, type Extension } from "@codemirror/state"
import {
    EditorView,
    keymap,
    showTooltip,
    ViewPlugin,
    type Tooltip,
    type ViewUpdate,
} from "@codemirror/view"
import type { NameFacts, SignatureHelp } from "../../compiler/language/code-help"
import { factsOf, type HelpOf } from "./help-tooltips"

const setTooltip = StateEffect.define<Tooltip | null>()

const shown = StateField.define<Tooltip | null>({
    create: () => null,
    update(tooltip, { changes, effects }) {
        const told = effects.findLast(effect => effect.is(setTooltip))
        if (told) return told.value as Tooltip | null
        return tooltip && { ...tooltip, pos: changes.mapPos(tooltip.pos) }
    },
    provide: field => showTooltip.from(field),
})

/**
 * The parameters of the call that is written, and on `Mod-k Mod-i` what the name at the cursor is: for
 * whoever has no pointer. Escape takes both away.
 */
export function callTooltip(helpOf: HelpOf): Extension {
    // Counts what was asked and what was closed: an answer that comes after either is too late.
    let turn = 0
    const ask = async (view: EditorView) => {
        const asked = ++turn
        const { state } = view
        const { head } = state.selection.main
        const known = helpOf(state)
        const call = await known?.help.signature(known.file, head)
        if (asked !== turn || view.state.doc !== state.doc) return
        const tooltip = call ? tooltipOf(head, signatureOf(call)) : null
        if (tooltip || view.state.field(shown)) view.dispatch({ effects: setTooltip.of(tooltip) })
    }
    const askOfName = async (view: EditorView) => {
        const asked = ++turn
        const { state } = view
        const known = helpOf(state)
        const found = await known?.help.hover(known.file, state.selection.main.head)
        if (!found || asked !== turn || view.state.doc !== state.doc) return
        view.dispatch({
            effects: [
                setTooltip.of(tooltipOf(found.from, factsOf(found))),
                EditorView.announce.of(spoken(found)),
            ],
        })
    }
    const close = (view: EditorView) => {
        // First the list that is over it.
        if (completionStatus(view.state) === "active") return false
        turn++
        if (!view.state.field(shown)) return false
        view.dispatch({ effects: setTooltip.of(null) })
        return true
    }
    return [
        shown,
        ViewPlugin.define(() => ({ update: update => void follow(update, ask) })),
        Prec.highest(keymap.of([{ key: "Escape", run: close }])),
        keymap.of([
            { key: "Mod-k Mod-i", run: view => (void askOfName(view), true) },
            { key: "Mod-Shift-Space", run: view => (void ask(view), true) },
        ]),
    ]
}

/** Whether the cursor has come into a call, or is on its way through one. */
async function follow(
    { transactions, view, selectionSet, docChanged, state }: ViewUpdate,
    ask: (view: EditorView) => Promise<void>,
): Promise<void> {
    const typed = transactions.some(one => one.isUserEvent("input.type"))
    const { head } = state.selection.main
    const opens = typed && /[(,]\s?$/.test(state.sliceDoc(Math.max(0, head - 2), head))
    const isOpen = state.field(shown) !== null
    if (!opens && !(isOpen && (selectionSet || docChanged))) return
    // No update of a view may begin inside another.
    await Promise.resolve()
    await ask(view)
}

function tooltipOf(pos: number, dom: HTMLElement): Tooltip {
    return { pos, above: true, create: () => ({ dom }) }
}

function signatureOf({ before, parameters, after, docs, active }: SignatureHelp): HTMLElement {
    const place = factsOf({ signature: before, docs })
    const code = place.querySelector("code")!
    for (const [index, { label, docs: about }] of parameters.entries()) {
        const part = document.createElement(index === active ? "b" : "span")
        part.textContent = label
        code.append(index > 0 ? ", " : "", part)
        if (index !== active || about === "") continue
        const words = document.createElement("p")
        words.textContent = about
        place.append(words)
    }
    code.append(after)
    return place
}

function spoken({ signature, docs }: NameFacts): string {
    return docs === "" ? signature : `${signature}. ${docs}`
}

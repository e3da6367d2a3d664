import type { PageState } from "./page-state"
import { VIEWS } from "./views"

/** Samples that Page Up and Page Down go at once: ten seconds, at ten a second. */
const FAR = 100

/** A key's act, and how the list of keys says it. */
interface Key {
    /** As the browser names them. */
    keys: readonly [string, ...string[]]
    words: string
    act(state: PageState): void
    /** Whether it is of use now; else the key does nothing. */
    isWanted?(state: PageState): boolean
}

/** What keys do, wherever the reader is on the page. */
export const KEYS = {
    hold: {
        ...{ keys: ["p", " "], words: "hold this moment, or go on" },
        act: state => state.hold(state.momentMs.value === undefined),
    },
    back: {
        ...{ keys: ["ArrowLeft"], words: "a sample back" },
        act: state => state.step(-1),
    },
    on: {
        ...{ keys: ["ArrowRight"], words: "a sample on" },
        act: state => state.step(1),
    },
    farBack: {
        ...{ keys: ["PageUp"], words: "ten seconds back" },
        act: state => state.step(-FAR),
    },
    farOn: {
        ...{ keys: ["PageDown"], words: "ten seconds on" },
        act: state => state.step(FAR),
    },
    first: {
        ...{ keys: ["Home"], words: "the first moment" },
        act: state => state.lookAt(state.history.value?.samples.atMs[0]),
    },
    now: {
        ...{ keys: ["End", "Escape"], words: "now" },
        act: state => state.lookAt(undefined),
    },
    allocationBack: {
        ...{ keys: [","], words: "an allocation back" },
        act: state => state.travel.step("allocation", -1, state.shownMs),
        isWanted: state => state.can("visit"),
    },
    allocationOn: {
        ...{ keys: ["."], words: "an allocation on" },
        act: state => state.travel.step("allocation", 1, state.shownMs),
        isWanted: state => state.can("visit"),
    },
    collectionBack: {
        ...{ keys: ["["], words: "to the collection before" },
        act: state => state.travel.step("collection", -1, state.shownMs),
        isWanted: state => state.can("visit"),
    },
    collectionOn: {
        ...{ keys: ["]"], words: "to the next collection" },
        act: state => state.travel.step("collection", 1, state.shownMs),
        isWanted: state => state.can("visit"),
    },
    exact: {
        ...{ keys: ["s"], words: "exact figures of the board" },
        act: state => state.ask({ kind: "capture" }),
        isWanted: state => state.can("capture"),
    },
    mark: {
        ...{ keys: ["m"], words: "mark this moment" },
        act: state => state.ask({ kind: "mark" }),
        isWanted: state => state.can("mark"),
    },
    snapshot: {
        ...{ keys: ["o"], words: "a snapshot of all objects" },
        act: state => {
            state.view.value = "objects"
            state.askForSnapshot()
        },
        isWanted: state => state.can("snapshot"),
    },
    keep: {
        ...{ keys: ["k"], words: "keep the run, or a picture of it" },
        act: state => (state.isKeepOpen.value = !state.isKeepOpen.value),
    },
    theme: {
        ...{ keys: ["t"], words: "light or dark" },
        act: state => state.toggleTheme(),
    },
    keys: {
        ...{ keys: ["?"], words: "this list" },
        act: state => (state.isKeyListOpen.value = !state.isKeyListOpen.value),
    },
} satisfies Record<string, Key>

export type KeyAct = keyof typeof KEYS

const NAMES: Readonly<Record<string, string>> = {
    " ": "Space",
    ArrowLeft: "Left",
    ArrowRight: "Right",
    ArrowUp: "Up",
    ArrowDown: "Down",
    PageUp: "Page Up",
    PageDown: "Page Down",
    Escape: "Esc",
}

/** What stands on a key. */
export function keyName(key: string): string {
    return NAMES[key] ?? key
}

/** Fields and lists that use keys themselves have them first. @returns ends it */
export function listenToKeys(state: PageState): () => void {
    const press = (event: KeyboardEvent): void => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
        if (!state.history.value || hasItself(event)) return
        const view = VIEWS[Number(event.key) - 1]
        if (view) {
            state.view.value = view.name
            return event.preventDefault()
        }
        const found = Object.values<Key>(KEYS).find(({ keys }) => keys.includes(event.key))
        if (!found || found.isWanted?.(state) === false) return
        event.preventDefault()
        found.act(state)
    }
    addEventListener("keydown", press)
    return () => removeEventListener("keydown", press)
}

/** Whether what has the focus uses this key for itself. */
function hasItself({ key, target }: KeyboardEvent): boolean {
    // Over the page: the browser closes it on Escape.
    if (document.querySelector("dialog[open]")) return true
    if (!(target instanceof Element)) return false
    if (target.closest("input, textarea, select, [contenteditable=true]")) return key !== "Escape"
    return key === " " && target.closest("button, summary, a, [role=treeitem]") !== null
}

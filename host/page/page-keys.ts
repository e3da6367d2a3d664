import type { PageState } from "./page-state"

/** Samples that Page Up and Page Down go at once: ten seconds, at ten a second. */
const FAR = 100

/** What keys do, wherever the reader is on the page; fields and lists that use them have them first. */
export function listenToKeys(state: PageState, toggleTheme: () => void): void {
    addEventListener("keydown", event => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
        const { history, momentMs } = state
        const first = history.value?.samples.atMs[0]
        const act = {
            ArrowLeft: () => state.step(-1),
            ArrowRight: () => state.step(1),
            PageUp: () => state.step(-FAR),
            PageDown: () => state.step(FAR),
            Home: () => state.lookAt(first),
            End: () => state.lookAt(undefined),
            Escape: () => state.lookAt(undefined),
            p: () => state.hold(momentMs.value === undefined),
            s: () => state.can("capture") && state.ask({ kind: "capture" }),
            m: () => state.can("mark") && state.ask({ kind: "mark" }),
            t: toggleTheme,
        }[event.key]
        if (!act || !history.value) return
        event.preventDefault()
        act()
    })
}

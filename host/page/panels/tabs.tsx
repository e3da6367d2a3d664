import { useEffect, useRef } from "preact/hooks"
import type { PageState } from "../page-state"
import { VIEWS } from "../views"

/** Chooses what is shown below the chart. */
export function Tabs({ state }: { state: PageState }) {
    const { view } = state
    const walk = (event: KeyboardEvent) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
        if (by === undefined) return
        event.preventDefault()
        const at = VIEWS.findIndex(({ name }) => name === view.value) + by
        const next = VIEWS[(at + VIEWS.length) % VIEWS.length]!.name
        view.value = next
        document.getElementById(`tab-${next}`)?.focus()
    }
    const row = useRef<HTMLDivElement>(null)
    // On a phone they do not all fit, and a key chooses one that is out of sight.
    useEffect(() => {
        const box = row.current!
        const tab = document.getElementById(`tab-${view.value}`)!
        const before = tab.offsetLeft - box.offsetLeft
        const past = before + tab.offsetWidth - box.clientWidth
        box.scrollLeft = Math.min(before, Math.max(past, box.scrollLeft))
    }, [view.value])
    return (
        <div ref={row} class="tabs" role="tablist" aria-label="Views" onKeyDown={walk}>
            {VIEWS.map(({ name, title }, index) => (
                <button
                    key={name}
                    id={`tab-${name}`}
                    type="button"
                    role="tab"
                    aria-selected={view.value === name}
                    aria-controls="view"
                    aria-keyshortcuts={`${index + 1}`}
                    tabIndex={view.value === name ? 0 : -1}
                    onClick={() => (view.value = name)}
                >
                    {title}
                </button>
            ))}
        </div>
    )
}

import type { ComponentChildren } from "preact"

interface PanelProps {
    title: string
    /** Beside the title: what the colours mean, or what is shown. */
    note?: ComponentChildren
    /** At the end of the title's line: buttons. */
    actions?: ComponentChildren
    class?: string
    children: ComponentChildren
}

/** A part of the page with a title of its own, which all of them have in the same place. */
export function Panel({ title, note, actions, class: name = "", children }: PanelProps) {
    return (
        <section class={`panel ${name}`} aria-label={title}>
            <div class="title">
                <h2>{title}</h2>
                {note !== undefined && <p class="note">{note}</p>}
                {actions !== undefined && (
                    <div class="actions" role="group" aria-label={`${title}: what may be done`}>
                        {actions}
                    </div>
                )}
            </div>
            {children}
        </section>
    )
}

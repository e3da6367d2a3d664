import type { ComponentChildren } from "preact"
import { useId } from "preact/hooks"
import { findTerm } from "../../documents/glossary"

/** A word that explains itself to whoever points at it, or comes to it by the keyboard. */
export function Term({ name, children }: { name: string; children?: ComponentChildren }) {
    const id = useId()
    const means = findTerm(name)?.means
    if (means === undefined) return <>{children ?? name}</>
    return (
        <span class="term" tabIndex={0} aria-describedby={id}>
            {children ?? name}
            <span class="means" role="tooltip" id={id}>
                {means}
            </span>
        </span>
    )
}

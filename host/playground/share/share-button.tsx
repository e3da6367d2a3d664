import { signal } from "@preact/signals"
import type { PlaygroundState } from "../playground-state"
import { lengthWarning } from "./link-length"
import { shareHash } from "./share-link"

/** What became of the last link; empty for nothing to say. */
const answer = signal("")

/** Copies a link to what is open, as it is edited, with its board, its world and the moment that is looked at. */
export function ShareButton({ state }: { state: PlaygroundState }) {
    return (
        <>
            <span role="status" class="note">
                {answer.value}
            </span>
            <button type="button" onClick={() => void share(state)}>
                Share
            </button>
        </>
    )
}

async function share({ project, page }: PlaygroundState): Promise<void> {
    if (!project.value) return
    const atMs = page.momentMs.value
    const hash = await shareHash({
        project: project.value,
        ...(atMs !== undefined && { atMs }),
    })
    const link = new URL(hash, location.href).href
    const warning = lengthWarning(link.length)
    answer.value = [await copy(link, hash), warning].filter(Boolean).join(" ")
}

async function copy(link: string, hash: string): Promise<string> {
    try {
        await navigator.clipboard.writeText(link)
        return "The link is copied: it holds the program, and no server sees it."
    } catch {
        // Without the right to, or without encryption. Nothing is opened anew by this.
        history.replaceState(null, "", hash)
        return "The link stands in the address bar: copy it from there."
    }
}

import type { PlaygroundState } from "../playground-state"
import { lengthWarning } from "./link-length"

/** Copies a link to what is open, as it is edited, with its board, its world and the moment that is looked at. */
export function ShareButton({ state }: { state: PlaygroundState }) {
    return (
        <button
            type="button"
            disabled={state.project.value?.opened !== undefined}
            onClick={() => void state.tell(() => share(state))}
        >
            Share
        </button>
    )
}

async function share({ project, page }: PlaygroundState): Promise<string> {
    if (!project.value) return ""
    const { shareHash } = await import("./share-link")
    const atMs = page.momentMs.value
    const hash = await shareHash({
        project: project.value,
        ...(atMs !== undefined && { atMs }),
    })
    const link = new URL(hash, location.href).href
    const warning = lengthWarning(link.length)
    return [await copy(link, hash), warning].filter(Boolean).join(" ")
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

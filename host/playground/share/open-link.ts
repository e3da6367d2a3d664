import { failureOf } from "../../base/errors"
import type { PageState } from "../../page/page-state"
import type { Project } from "../project"
import { readShareHash } from "./share-link"

/** How often it is looked whether the moment has come. Milliseconds. */
const LOOK_MS = 50

/** What of the playground it needs. */
interface Opener {
    readonly page: PageState
    readonly project: { readonly value: Project | undefined }
    open(project: Project): void
}

/**
 * Opens the project of a link, at its moment.
 * @returns why it cannot be opened; undefined when it is open
 */
export async function openLink(hash: string, opener: Opener): Promise<string | undefined> {
    try {
        const { project, atMs } = await readShareHash(hash)
        // It goes there as fast as it can.
        const flags = atMs === undefined ? project.flags : { ...project.flags, speed: "max" }
        opener.open({ ...project, flags })
        if (atMs !== undefined) lookWhenThere(opener, atMs)
        return undefined
    } catch (error) {
        return failureOf(error).message
    }
}

function lookWhenThere({ page, project }: Opener, atMs: number): void {
    const opened = project.value
    const before = page.history.value
    const timer = setInterval(() => {
        const history = page.history.value
        // An edit begins anew, and so does whatever else is opened.
        if (project.value !== opened || page.momentMs.value !== undefined) clearInterval(timer)
        else if (history && history !== before && history.nowMs > atMs) {
            clearInterval(timer)
            page.lookAt(atMs)
        }
    }, LOOK_MS)
}

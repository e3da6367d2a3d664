import { createHash } from "node:crypto"
import { SITE_FILES } from "../site-files"
import type { SitePart } from "./site-parts"

/** Its first line tells its worker what there is. */
const WORKER = SITE_FILES.offline
/** For people alone. */
const NOT_KEPT: readonly string[] = [WORKER, SITE_FILES.licenses]

/**
 * The site as it works without a network after the first visit: its worker knows each file by its hash, and
 * its page starts that worker. What `heapscope site` serves has none: another command may have the port next.
 */
export function offlineParts(parts: readonly SitePart[]): SitePart[] {
    const changed = parts.map(part =>
        part.name === "index.html"
            ? edited(part, text => text.replace("<html ", `<html data-offline="${WORKER}" `))
            : part,
    )
    const hashes = changed
        .filter(({ name }) => !NOT_KEPT.includes(name))
        .map(({ name, bytes }) => [name, createHash("sha256").update(bytes).digest("hex")] as const)
    const known = `self.SITE_FILES=${JSON.stringify(Object.fromEntries(hashes))};\n`
    return changed.map(part => (part.name === WORKER ? edited(part, text => known + text) : part))
}

function edited({ name, bytes }: SitePart, edit: (text: string) => string): SitePart {
    return { name, bytes: new TextEncoder().encode(edit(new TextDecoder().decode(bytes))) }
}

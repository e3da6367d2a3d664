import type { ServerResponse } from "node:http"
import { UserError } from "../../base/errors"
import { packageRoot } from "../../base/node/package-root"

/** What goes along with everything that is served: no other site has any use of it. */
export const OWN_USE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
} as const

/** Answers with a status, and nothing else. */
export function refuse(response: ServerResponse, status: number): void {
    response.writeHead(status, { "Content-Length": "0" })
    response.end()
}

/**
 * What the installation prepared.
 * @param path of the file or folder, for who is told that it is missing
 * @throws UserError when it is
 */
export function readPrepared<T>(path: string, read: (path: string) => T, root = packageRoot()): T {
    try {
        return read(path)
    } catch {
        throw new UserError(
            "E_PAGE_MISSING",
            `${path} is missing: run \`npm run prepare\` in ${root} first.`,
        )
    }
}

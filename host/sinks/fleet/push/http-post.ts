import { Agent as HttpAgent, request as httpRequest } from "node:http"
import { Agent as HttpsAgent, request as httpsRequest } from "node:https"
import { connectionFailure, UserError } from "../../../base/errors"
import { sanitize } from "../../../base/sanitize"
import { shorten } from "../../../base/shorten"
import type { Access } from "../../../link/node/access"

/** A server that says nothing for so long has gone. Milliseconds. */
const TIMEOUT_MS = 15_000
/** Of what a server says to a failure. Characters. */
const MAX_ANSWER = 500
/** What is wrong with the request, not with the moment: sent again it would be refused again. */
const REFUSED = [400, 413, 415, 422]

/** What came of a request. */
export type Posted =
    | { kind: "taken" }
    /** It will not be taken later either. */
    | { kind: "refused"; why: string }
    /** It may be later. */
    | { kind: "failed"; why: string }

/** @param signal ends it as failed */
export type Post = (
    body: Uint8Array,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
) => Promise<Posted>

/**
 * Reads the address of an engine.
 * @throws UserError for one that is none, or has a secret in it: it would be printed
 */
export function readUrl(text: string, name: string): URL {
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (url && (url.username !== "" || url.password !== ""))
        throw new UserError(
            "E_VALUE",
            `${name}: a user and a password do not belong into an address, which is printed: the configuration has user, passwordFile and passwordEnv.`,
        )
    if (url && /^https?:$/.test(url.protocol)) return url
    throw new UserError(
        "E_VALUE",
        `${name} takes an http:// or https:// address, not ${JSON.stringify(shorten(text))}.`,
    )
}

/** Posts to an engine, over one connection that stays open. */
export function openPost(
    url: URL,
    { authorization, ca, cert, key }: Access,
): { post: Post; close(): void } {
    const isTls = url.protocol === "https:"
    const tls = {
        ...(ca !== undefined && { ca }),
        ...(cert !== undefined && { cert }),
        ...(key !== undefined && { key }),
    }
    const agent = isTls
        ? new HttpsAgent({ keepAlive: true, maxSockets: 1, ...tls })
        : new HttpAgent({ keepAlive: true, maxSockets: 1 })
    const post: Post = (body, headers, signal) =>
        new Promise(done => {
            const options = {
                ...{ method: "POST", agent, timeout: TIMEOUT_MS, signal },
                headers: {
                    ...headers,
                    "content-length": body.length,
                    ...(authorization !== undefined && { authorization }),
                },
            }
            const failed = (why: string) => done({ kind: "failed", why })
            const request = (isTls ? httpsRequest : httpRequest)(url, options, response => {
                const { statusCode: status = 0 } = response
                let said = ""
                response.setEncoding("utf8")
                response.on(
                    "data",
                    (text: string) => (said += text.slice(0, MAX_ANSWER - said.length)),
                )
                response.on("error", error => failed(error.message))
                response.on("close", () => failed("the answer broke off"))
                response.on("end", () => {
                    if (status >= 200 && status < 300) return done({ kind: "taken" })
                    const answer = shorten(sanitize(said).trim())
                    const why = `${status}${answer === "" ? "" : `: ${answer}`}`
                    done({ kind: REFUSED.includes(status) ? "refused" : "failed", why })
                })
            })
            request.on("timeout", () => request.destroy(new Error("no answer")))
            request.on("error", error => failed(connectionFailure(error)))
            request.end(body)
        })
    return { post, close: () => agent.destroy() }
}

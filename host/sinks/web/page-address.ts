import { isIP } from "node:net"
import { isLoopback, LOOPBACK } from "../../base/node/listen-address"

/** Names of this machine to itself, as a request has them. */
const OWN_NAMES = [LOOPBACK, "localhost", "[::1]"]

/** Where the page is: `http://127.0.0.1:4848/#<token>`. The token never goes to any server. */
export function pageAddress(host: string, port: number, token: string): string {
    return `http://${bracketed(reachable(host))}:${port}/#${token}`
}

/**
 * Whether a request was meant for this server. A name that a foreign page has made to point here (DNS
 * rebinding) is none of ours; an address in digits cannot be made to point elsewhere.
 * @param header the request's `Host`
 * @param host what the server listens on
 */
export function isOwnHost(header: string | undefined, host: string, port: number): boolean {
    if (header === undefined) return false
    const [, name = "", given] = /^(\[[\da-f:.]+\]|[^:]+)(?::(\d+))?$/i.exec(header) ?? []
    if (Number(given ?? 80) !== port) return false
    if (OWN_NAMES.includes(name.toLowerCase())) return true
    if (isLoopback(host)) return false
    return name === host || isIP(name.replace(/^\[|\]$/g, "")) !== 0
}

/** @param host what listens on all addresses is reached on this machine's own */
function reachable(host: string): string {
    if (host === "0.0.0.0") return LOOPBACK
    return host === "::" ? "::1" : host
}

function bracketed(host: string): string {
    return isIP(host) === 6 ? `[${host}]` : host
}

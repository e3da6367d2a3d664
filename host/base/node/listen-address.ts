import { isIP } from "node:net"

/** This machine to itself, and to nobody else. */
export const LOOPBACK = "127.0.0.1"
export const MAX_PORT = 65_535

/** The port that digits name; undefined for what is none. */
export function readPortDigits(text: string): number | undefined {
    const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
    return port <= MAX_PORT ? port : undefined
}

/** Whether one can listen at it: an address in digits, or this machine's own name. */
export function isListenAddress(host: string): boolean {
    return host === "localhost" || isIP(host) !== 0
}

/** Whether what listens there is for this machine alone. */
export function isLoopback(host: string): boolean {
    return host === "localhost" || host === "::1" || /^127\./.test(host)
}

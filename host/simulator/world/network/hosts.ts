/** Simulated milliseconds that a network takes. */
export const DELAY_MS = {
    /** A name is looked up. */
    name: 30,
    /** Nobody knows the name: the resolver asks twice. */
    unknownName: 1_200,
    /** A connection is made, or refused. */
    connect: 25,
    /** The handshake of TLS, besides. */
    tls: 180,
    /** Nobody is at the address: the firmware's TCP gives up. */
    unreachable: 18_000,
    /** Bytes on their way to the board. */
    transit: 20,
} as const

/** Whether a text can be a host's name (RFC 1123) or an IPv4 address. */
export function isHostName(host: string): boolean {
    return (
        host.length <= 253 &&
        host.split(".").every(label => /^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)$/.test(label))
    )
}

/** Whether a host is named by its address: nothing is looked up then. */
export function isAddress(host: string): boolean {
    return /^\d{1,3}(\.\d{1,3}){3}$/.test(host)
}

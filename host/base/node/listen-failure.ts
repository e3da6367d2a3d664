/**
 * Why a server cannot listen, for people.
 * @param free how to ask for a port that is free
 */
export function listenFailure({ code, message }: NodeJS.ErrnoException, free: string): string {
    if (code === "EADDRINUSE") return `something listens there already. ${free}`
    if (code === "EACCES") return `that port is not for everybody. ${free}`
    if (code === "EADDRNOTAVAIL") return "this machine has no such address."
    return message
}

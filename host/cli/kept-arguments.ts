import { createHash } from "node:crypto"
import { UserCache } from "../compiler/node/user-cache"

/**
 * Notes that what these arguments asked for here was kept: only then is it worth a look. How many there are is
 * bounded when what they asked for is stored.
 */
export function noteKept(cache: UserCache, args: readonly string[], cwd: string): void {
    cache.write(nameOf(args, cwd), new Uint8Array())
}

/** Whether that was noted. What was kept may be of no use by now. */
export function wasKept(args: readonly string[], cwd: string): boolean {
    return UserCache.open()?.read(nameOf(args, cwd)) !== undefined
}

function nameOf(args: readonly string[], cwd: string): `${string}.asked` {
    const hash = createHash("sha256")
        .update(JSON.stringify([cwd, ...args]))
        .digest("hex")
    return `${hash.slice(0, 32)}.asked`
}

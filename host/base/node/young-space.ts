import { setFlagsFromString } from "node:v8"

/** The last major version of V8 that is known to have the flag. */
const LAST_V8 = 13
/** By how much V8's space for new objects grows when much of it stays: not at all, and as V8 has it. */
const SMALL = "--semi-space-growth-factor=1"
const GROWING = "--semi-space-growth-factor=2"

/**
 * Keeps V8's space for new objects as small as it begins, a mebibyte or two, for some time. It would take up
 * to 32 MiB: where memory is touched for the first time, that takes longer than to collect what there is of a
 * short command. A long one has more that stays, and is collected as ever.
 * @param forMs milliseconds of real time
 * @returns to be called before code is kept: that is good for the flags alone under which it is kept
 */
export function keepYoungSpaceSmall(forMs: number): () => void {
    if (Number.parseInt(process.versions.v8) > LAST_V8) return () => undefined
    setFlagsFromString(SMALL)
    const timer = setTimeout(() => setFlagsFromString(GROWING), forMs)
    timer.unref()
    return () => {
        clearTimeout(timer)
        setFlagsFromString(SMALL)
    }
}

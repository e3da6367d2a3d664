/**
 * What is promised, unless the signal is aborted first: then it rejects with its reason at once. What was
 * begun goes on, and nobody hears of how it ends: it must leave nothing behind.
 */
export async function unlessAborted<T>(
    promise: Promise<T>,
    signal: AbortSignal | undefined,
): Promise<T> {
    if (!signal) return promise
    let abort: () => void = () => undefined
    const aborted = new Promise<never>((_, reject) => {
        abort = () => reject(signal.reason as Error)
        signal.addEventListener("abort", abort)
        if (signal.aborted) abort()
    })
    try {
        return await Promise.race([promise, aborted])
    } finally {
        signal.removeEventListener("abort", abort)
        // It may fail later, for whatever reason.
        promise.catch(() => undefined)
    }
}

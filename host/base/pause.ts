/** Where there is one: a browser has none. */
const immediately = (globalThis as { setImmediate?: (action: () => void) => unknown }).setImmediate

/** Lets everything else that waits have its turn, and goes on at once: a timer would cost 1 ms. */
export function nextTurn(): Promise<void> {
    if (immediately) return new Promise(resolve => immediately(resolve))
    const { port1, port2 } = new MessageChannel()
    return new Promise(resolve => {
        port1.onmessage = () => {
            port1.close()
            resolve()
        }
        port2.postMessage(undefined)
    })
}

/** Waits until somebody has had enough. */
export function untilAborted(signal: AbortSignal): Promise<void> {
    return new Promise(done => {
        if (signal.aborted) done()
        else signal.addEventListener("abort", () => done(), { once: true })
    })
}

/** Waits so many real milliseconds, or until the signal is aborted, which is no error here. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise(resolve => {
        const end = () => {
            clearTimeout(timer)
            signal?.removeEventListener("abort", end)
            resolve()
        }
        const timer = setTimeout(end, ms)
        signal?.addEventListener("abort", end)
        if (signal?.aborted) end()
    })
}

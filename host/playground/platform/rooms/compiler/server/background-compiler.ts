/** There is none: the tab has a compiler of its own, in its own worker. */
export function askBackground(): Promise<undefined> {
    return Promise.resolve(undefined)
}

/** The environment variable that names a server of compiles: a tab has no environment. */
export const SERVER_VARIABLE = "HEAPSCOPE_COMPILE_SERVER"

export function askServer(): Promise<undefined> {
    return Promise.resolve(undefined)
}

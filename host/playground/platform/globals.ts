/** Names that Node's programs find everywhere, for the code that runs on this layer. */
export { Buffer } from "buffer"

/** Where relative names start, unless somebody says otherwise. */
export const process = {
    cwd: () => "/",
    env: {} as Record<string, string | undefined>,
    platform: "linux",
    version: "",
    arch: "",
    pid: 1,
    getuid: undefined,
}

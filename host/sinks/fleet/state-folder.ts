import { homedir } from "node:os"
import { isAbsolute, join } from "node:path"

/**
 * Where a user's programs keep what has to outlast them and is nobody else's: `XDG_STATE_HOME` or
 * `~/.local/state` on Linux, elsewhere what stands for it.
 */
export function stateFolder(
    env: NodeJS.ProcessEnv = process.env,
    platform: NodeJS.Platform = process.platform,
): string {
    // A relative one is to be ignored (XDG Base Directory Specification).
    const { XDG_STATE_HOME: xdg, LOCALAPPDATA: local } = env
    if (platform === "win32" && local !== undefined) return join(local, "heapscope")
    if (platform === "darwin") return join(homedir(), "Library/Application Support/heapscope")
    const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(homedir(), ".local/state")
    return join(base, "heapscope")
}

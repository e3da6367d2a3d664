import { sep } from "node:path"

/** A path of this system with forward slashes, as reports, debug information and the compiler name files. */
export function withSlashes(path: string): string {
    return path.split(sep).join("/")
}

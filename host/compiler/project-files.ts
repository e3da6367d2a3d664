/**
 * The files of a project as a compile sees them. Names may be relative to the project's folder; an
 * implementation that keeps builds notes what was asked for.
 */
export interface ProjectFiles {
    /** The absolute form of a name. */
    resolve(name: string): string
    /** The name of a path as seen from the project's folder. */
    relative(path: string): string
    /** Text of a file, or undefined where there is none that can be read. */
    read(name: string): string | undefined
    /** Names in a folder, sorted; empty where there is none. */
    list(name: string): string[]
}

import { PACKAGE_FILE } from "../project"

/** An import of the package, or of something in it, by its name. */
const IMPORT = /\b(?:from|import)\s*["']heapscope(?:\/[\w/-]+)?["']/
/** What a program for the board can import of it. */
const FOR_BOARD = /^(src|devs\/agent)\/.+\.ts$/

/** Whether a project imports the package by its name. @param files texts by path */
export function importsPackage(files: Readonly<Record<string, string>>): boolean {
    return Object.entries(files).some(([name, text]) => /\.tsx?$/.test(name) && IMPORT.test(text))
}

/**
 * The package as it stands in a project that has it installed, as far as a board's programs import it: the
 * project compiles without a network. It has no version, so `npm install` puts the whole one in its place.
 * @param library texts of the package's own files by path
 * @returns texts by path from the project's folder
 */
export function installedPackage(
    library: Readonly<Record<string, string>>,
): Record<string, string> {
    const files = Object.entries(library).filter(([name]) => FOR_BOARD.test(name))
    const installed = [["package.json", PACKAGE_FILE] as const, ...files]
    return Object.fromEntries(
        installed.map(([name, text]) => [`node_modules/heapscope/${name}`, text]),
    )
}

/** A project's `package.json` that names the package. @param version of it */
export function packageFileNaming(version: string): string {
    const named = {
        name: "playground",
        private: true,
        devDependencies: { heapscope: `^${version}` },
    }
    return JSON.stringify(named, null, 4) + "\n"
}

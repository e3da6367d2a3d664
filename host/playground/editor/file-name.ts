/** Longest name of a file, folders with it, in characters. */
export const MAX_NAME_LENGTH = 80
export const MAX_FILES = 64
/** All texts of a project together, in bytes of UTF-8. */
export const MAX_PROJECT_BYTES = 1_000_000

/** What a project is made of: programs, worlds and boards, descriptions of services. */
const KINDS = [".ts", ".tsx", ".json", ".md"]
/** Names that some system keeps for itself. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i
/** Where the compiler and its libraries have their own files. */
const FOREIGN = ["node_modules", ".devicescript"]

/**
 * Why a file of a project may not have a name: it would leave the project's folder, no system could keep
 * it, or another has it. Undefined when it may.
 * @param name with forward slashes, from the project's folder
 * @param taken names of the other files
 */
export function whyNotNamed(name: string, taken: Iterable<string>): string | undefined {
    if (name === "") return "A file needs a name."
    if (name.length > MAX_NAME_LENGTH)
        return `The name is longer than ${MAX_NAME_LENGTH} characters.`
    if (/^[/\\]|^[A-Za-z]:/.test(name)) return "The name begins at a drive or at /: leave that out."
    if (!/^[\w.\-/]+$/.test(name))
        return "Letters without accents, digits, . - _ and / may be in a name, nothing else."
    const parts = name.split("/")
    if (parts.some(part => part === "" || /^\.+$/.test(part)))
        return "Between two / stands the name of a folder, which . and .. are not."
    if (parts.some(part => FOREIGN.includes(part.toLowerCase())))
        return `${FOREIGN.join(" and ")} belong to the compiler.`
    if (parts.some(part => part.startsWith(".") || part.endsWith(".")))
        return "No name begins or ends with a dot."
    if (parts.some(part => RESERVED.test(part.split(".")[0]!)))
        return "Windows keeps that name for itself."
    if (!KINDS.some(kind => name.endsWith(kind)) || KINDS.includes(parts.at(-1)!))
        return `A name ends with ${KINDS.slice(0, -1).join(", ")} or ${KINDS.at(-1)}.`
    const same = [...taken].find(other => other.toLowerCase() === name.toLowerCase())
    if (same !== undefined) return `There is a file ${same} already.`
    // A folder and a file cannot have one name.
    const inside = [...taken].find(
        other => other.startsWith(`${name}/`) || name.startsWith(`${other}/`),
    )
    return inside === undefined ? undefined : `${inside} and ${name} cannot be there together.`
}

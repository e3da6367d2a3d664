/**
 * A file's path as seen from where a folder is: with forward slashes, without `.`, and without what a
 * `..` takes back.
 * @param folder may be empty: the file's own path then
 */
export function joinPath(folder: string, file: string): string {
    const path = folder === "" ? file : `${folder}/${file}`
    const isAbsolute = path.startsWith("/")
    const parts: string[] = []
    for (const part of path.split("/")) {
        if (part === "" || part === ".") continue
        if (part !== "..") parts.push(part)
        else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop()
        else if (!isAbsolute) parts.push(part)
    }
    const joined = (isAbsolute ? "/" : "") + parts.join("/")
    return joined === "" ? "." : joined
}

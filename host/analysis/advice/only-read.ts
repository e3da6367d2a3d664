import { escapePattern } from "../../base/escape-pattern"

/**
 * Whether all that a block does with a local of its own is to read its elements and its length: no element
 * is set, and it is handed to nobody.
 * @param block from its declaration on
 */
export function isOnlyRead(block: string, name: string): boolean {
    const uses = [
        ...block.matchAll(new RegExp(`(?<![\\w$.])${escapePattern(name)}(?![\\w$])`, "g")),
    ]
    const isRead = ({ index }: RegExpExecArray) => {
        const after = block.slice(index + name.length)
        if (/^\.length\b/.test(after) || /\bof\s+$/.test(block.slice(0, index))) return true
        return /^\[[^[\]]*\](?!\s*([-+*/%&|^]|<<|>>>?|\*\*|\?\?|&&|\|\|)?=(?!=)|\s*(\+\+|--))/.test(
            after,
        )
    }
    // The first is its declaration.
    const [first, ...later] = uses
    return first !== undefined && later.length > 0 && later.every(isRead)
}

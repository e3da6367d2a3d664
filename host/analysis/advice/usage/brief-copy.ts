import { escapePattern } from "../../../base/escape-pattern"
import { blockOf } from "../pure-function"

/** A copy in a statement: what it is called, if it is, and what of. */
export interface Copy {
    /** Undefined when it has no name: it is used where it is made. */
    name?: string
    of: string
}

/** `data.slice(`, `all.concat(`, `[...data]`, wherever they stand. */
const COPIES = /(?<![\w$.])(?:(?<of>[\w$.]+)\.(?:slice|concat)\(|\[\s*\.\.\.(?<list>[\w$.]+)\s*\])/
const AGAIN = /^\.(?:slice|concat)\(/
/** What only reads a list or a buffer, and can as well read the original. */
const READS =
    /^\s*(?:\.(?:reduce|some|every|find|findIndex|indexOf|lastIndexOf|includes|join|forEach|map|filter|getAt)\(|\.length\b|\[[^[\]]*\](?!\s*(?:[-+*/%&|^]|<<|>>>?)?=(?!=)|\s*(?:\+\+|--)))/
/** What is done to a list or a buffer that changes it. */
const WRITES =
    "(\\[[^\\]]*\\]\\s*([-+*/%&|^]?=(?!=)|\\+\\+|--)|\\.(push|pop|shift|unshift|insert|sort|reverse|set|fill|fillAt|setAt|blitAt|write\\w*)\\()"

/** Whether code writes into what has a name. */
export function isWritten(code: string, name: string): boolean {
    return new RegExp(`(?<![\\w$])${escapePattern(name)}${WRITES}`).test(code)
}

/**
 * A copy without a name that a statement makes, reads and drops, while the original stays as it is: the
 * list of a loop, or what a method that only reads is called on.
 * @param source from the statement on
 */
export function briefCopy(source: string): Copy | undefined {
    const statement = /^[^\n]*(?:\n\s*\.[^\n]*)*/.exec(source)?.[0] ?? ""
    const found = COPIES.exec(statement)
    const of = found?.groups?.of ?? found?.groups?.list
    if (!found || of === undefined) return undefined
    let end = found.index + found[0].length
    if (found.groups?.of) end = endOfCall(statement, end)
    while (AGAIN.test(statement.slice(end)))
        end = endOfCall(statement, statement.indexOf("(", end) + 1)
    const [before, after] = [statement.slice(0, found.index), statement.slice(end)]
    // Another copy in the same statement has bytes of its own: which are whose cannot be told.
    if (COPIES.test(after)) return undefined
    const isLoop =
        /^for\s*\(\s*(?:const|let)\s+[\w$]+\s+of\s+$/.test(before) && /^\s*\)/.test(after)
    if (!isLoop && !READS.test(after)) return undefined
    const rest = source.slice(end)
    const block = /^\s*\)\s*\{/.exec(rest)
    const body = isLoop && block ? blockOf(rest.slice(block[0].length)) : after
    return isWritten(body, of) ? undefined : { of }
}

/** Where the call ends whose arguments begin at a place. */
function endOfCall(text: string, start: number): number {
    let depth = 0
    for (let i = start; i < text.length; i++) {
        if (text[i] === "(") depth++
        else if (text[i] === ")" && --depth < 0) return i + 1
    }
    return text.length
}

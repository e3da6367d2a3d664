/** A name, and a type of which nothing need be known. */
const PARAMETER = /^([\w$]+)(?:\s*:\s*[\w$]+)?$/
/** `function barOf(level: number): string {`: one parameter or two. */
const HEAD =
    /^(?:export\s+)?function\s+(?<name>[\w$]+)\s*\(\s*(?<parameters>[^()]*?),?\s*\)(?:\s*:\s*[\w$]+(?:\[\])*)?\s*\{/
const MAX_PARAMETERS = 2
const WORDS =
    /^(?:const|let|for|of|in|if|else|while|do|return|break|continue|switch|case|default|typeof|true|false|null|undefined|NaN|number|string|boolean|Math|idiv|imul)$/
/** Named as constants are: what is written in capitals is set once. */
const CONSTANT = /^[A-Z][A-Z0-9_]*$/
const DECLARED = /\b(?:const|let)\s+([\w$]+)/g
const TYPED = /\b(const|let)\s+([\w$]+)\s*:\s*[\w$]+(?:\[\])*/g
const SET =
    /(?<![\w$.])([\w$]+)(?:\[[^\]]*\]|\.[\w$]+)*\s*(?:(?:[-+*/%&|^]|<<|>>>?|\*\*)?=(?!=)|\+\+|--)/g
const SET_BEFORE = /(?:\+\+|--)\s*([\w$]+)/g

/** A function of the program whose result follows from its arguments, and that does nothing else. */
export interface PureFunction {
    name: string
    /** One or two. */
    parameters: string[]
}

/**
 * Tells a function that is sure to be one, by its source: it sets its own variables alone, reads nothing
 * but them, its arguments and constants, and calls nothing but methods of what it made, and of `Math`.
 * @param source from its declaration on
 */
export function pureFunction(source: string): PureFunction | undefined {
    const head = HEAD.exec(source)
    const { name, parameters: given = "" } = head?.groups ?? {}
    const parameters = given.split(",").map(one => PARAMETER.exec(one.trim())?.[1] ?? "")
    if (!head || !name || parameters.length > MAX_PARAMETERS || parameters.includes(""))
        return undefined
    const body = withoutTexts(blockOf(source.slice(head[0].length)))
    if (/=>|\bMath\.random\b|\bfunction\b|\bnew\b|\bawait\b/.test(body)) return undefined
    const own = new Set([...body.matchAll(DECLARED)].map(([, declared]) => declared!))
    const set = [...body.matchAll(SET), ...body.matchAll(SET_BEFORE)].map(([, one]) => one!)
    if (!set.every(one => own.has(one) || one === "const" || one === "let")) return undefined
    const read = body.match(/(?<![\w$.])[A-Za-z_$][\w$]*/g) ?? []
    const isKnown = (word: string) =>
        own.has(word) || parameters.includes(word) || WORDS.test(word) || CONSTANT.test(word)
    return read.every(isKnown) ? { name, parameters } : undefined
}

/** Up to the brace that ends the block a source begins in. */
export function blockOf(source: string): string {
    let depth = 0
    for (let i = 0; i < source.length; i++) {
        if (source[i] === "{") depth++
        else if (source[i] === "}" && --depth < 0) return source.slice(0, i)
    }
    return source
}

/** Types, and what is written between quotes and in comments, are no code that runs; what a template has in braces is. */
function withoutTexts(body: string): string {
    return body
        .replace(/\/\/.*|\/\*[^]*?\*\//g, "")
        .replace(TYPED, "$1 $2")
        .replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""')
        .replace(/`(?:[^`\\]|\\.)*`/g, text =>
            [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, inside]) => `(${inside})`).join(" + "),
        )
}

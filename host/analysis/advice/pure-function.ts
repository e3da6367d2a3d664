/** `function barOf(level: number): string {`: one parameter, and types of which nothing need be known. */
const HEAD =
    /^(?:export\s+)?function\s+(?<name>[\w$]+)\s*\(\s*(?<parameter>[\w$]+)(?:\s*:\s*[\w$]+)?\s*\)(?:\s*:\s*[\w$]+(?:\[\])*)?\s*\{/
const WORDS =
    /^(?:const|let|for|of|in|if|else|while|do|return|break|continue|switch|case|default|typeof|true|false|null|undefined|NaN|number|string|boolean|Math|idiv|imul)$/
/** Named as constants are: what is written in capitals is set once. */
const CONSTANT = /^[A-Z][A-Z0-9_]*$/
const DECLARED = /\b(?:const|let)\s+([\w$]+)/g
const TYPED = /\b(const|let)\s+([\w$]+)\s*:\s*[\w$]+(?:\[\])*/g
const SET =
    /(?<![\w$.])([\w$]+)(?:\[[^\]]*\]|\.[\w$]+)*\s*(?:(?:[-+*/%&|^]|<<|>>>?|\*\*)?=(?!=)|\+\+|--)/g
const SET_BEFORE = /(?:\+\+|--)\s*([\w$]+)/g

/** A function of the program whose result follows from its one argument, and that does nothing else. */
export interface PureFunction {
    name: string
    parameter: string
}

/**
 * Tells a function that is sure to be one, by its source: it sets its own variables alone, reads nothing
 * but them, its argument and constants, and calls nothing but methods of what it made, and of `Math`.
 * @param source from its declaration on
 */
export function pureFunction(source: string): PureFunction | undefined {
    const head = HEAD.exec(source)
    const { name, parameter } = head?.groups ?? {}
    if (!head || !name || !parameter) return undefined
    const body = withoutTexts(blockOf(source.slice(head[0].length)))
    if (/=>|\bMath\.random\b|\bfunction\b|\bnew\b|\bawait\b/.test(body)) return undefined
    const own = new Set([...body.matchAll(DECLARED)].map(([, declared]) => declared!))
    const set = [...body.matchAll(SET), ...body.matchAll(SET_BEFORE)].map(([, one]) => one!)
    if (!set.every(one => own.has(one) || one === "const" || one === "let")) return undefined
    const read = body.match(/(?<![\w$.])[A-Za-z_$][\w$]*/g) ?? []
    const isKnown = (word: string) =>
        own.has(word) || word === parameter || WORDS.test(word) || CONSTANT.test(word)
    return read.every(isKnown) ? { name, parameter } : undefined
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

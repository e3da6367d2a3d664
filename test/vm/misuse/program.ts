import type { Callable, Kind, Parameter } from "./surface"
import { goodOf, rangeOf, STRUCTURES, UNCHECKED } from "./values"

/** The program's own names for what no argument of a kind may be, whatever its range. */
const WRONG: Record<Kind, string> = {
    number: "NUMBER",
    string: "STRING",
    boolean: "BOOLEAN",
    function: "FUNCTION",
    object: "OBJECT",
    anything: "",
}

const HEAD = `
const BYTES = Buffer.alloc(8)
let LIST: any
let RING: any
let MAP: any
let UNION: any
let SYMBOLS: any
const SIDE: any[] = [undefined, undefined]
let SMALL: any
const use = (value: any) => value

/** What a structure holds: bytes, numbers, places, and how many. */
function holds(it: any): string {
    if (typeof it !== "object") return \`\${it}\`
    let text = ""
    if (it.fillAt !== undefined || it.readUInt8 !== undefined) return it.toString("hex")
    for (const key of Object.keys(it)) {
        const value = it[key]
        if (typeof value === "number") text += \`\${key}=\${value} \`
        else if (value && value.length !== undefined && typeof value === "object") {
            if (value.fillAt !== undefined || value.readUInt8 !== undefined)
                text += \`\${key}=\${value.toString("hex")} \`
            else text += \`\${key} of \${value.length} \`
        }
    }
    return text
}

function holdAll(it: any): string {
    return holds(it) + holds(BYTES) + holds(LIST) + holds(RING) + holds(MAP) + holds(UNION)
}

// A value, and how it is called in what is printed.
const NUMBER: any[] = [1.5, NaN, Infinity, -Infinity, 1e20, "7", {}, undefined]
const STRING: any[] = [7, {}, undefined]
const BOOLEAN: any[] = [7, "a", undefined]
const FUNCTION: any[] = [7, "a", {}, undefined]
const OBJECT: any[] = [NaN, "7", undefined]

function label(value: any): string {
    if (typeof value === "object") return "{}"
    return typeof value === "string" ? \`'\${value}'\` : \`\${value}\`
}

/** Tries all wrong arguments of a kind, and what is just outside the range. */
function attemptAll(what: string, it: any, call: (value: any) => unknown, wrong: any[], below?: any, above?: any): void {
    if (below !== undefined) attempt(\`\${what} below\`, it, call, below)
    if (above !== undefined) attempt(\`\${what} above\`, it, call, above)
    for (const value of wrong) attempt(\`\${what} \${label(value)}\`, it, call, value)
}

/** Tries one wrong argument and prints what comes of it. */
function attempt(what: string, it: any, call: (value: any) => unknown, value: any): void {
    const before = holdAll(it)
    let said = "no error"
    try {
        call(value)
    } catch (e) {
        const error = e as Error
        said = \`\${error.name}: \${error.message}\`
        if (before !== holdAll(it)) said += " CHANGED"
    }
    console.log(\`\${what}: \${said}\`)
}

/** Calls what may refuse and prints what it says, and whether the bytes are what they were. */
function refuse(what: string, it: any, call: () => unknown): void {
    const before = bytesOf(it)
    let said: unknown
    try {
        said = call()
    } catch (e) {
        const error = e as Error
        said = \`\${error.name}: \${error.message}\`
    }
    const same = before === bytesOf(it)
    console.log(\`\${what}: \${typeof said === "object" ? "object" : said}, \${same ? "same" : "other"}\`)
}

function bytesOf(it: any): string {
    const { buffer, length, side } = it
    return \`\${buffer ? buffer.toString("hex") : ""} \${length} \${side ? side.length : 0}\`
}

function filled(it: any, add: (it: any, i: number) => void, count: number): any {
    for (let i = 0; i < count; i++) add(it, i)
    return it
}

let next = 0
function run(parts: (() => void)[]): void {
    const part = parts[next++]
    if (part === undefined) return
    // What the last part left in them.
    for (let i = 0; i < 8; i++) BYTES[i] = i
    LIST = packedList(4, 1)
    RING = packedRing(4, 1)
    MAP = freeMap(4)
    UNION = packedUnion(4, 2)
    SYMBOLS = symbolTable(4)
    for (let i = 0; i < 3; i++) {
        listPush(LIST, 5 + i)
        ringPush(RING, 5 + i)
        freeTake(MAP)
        unionPush(UNION, i)
        symbolIntern(SYMBOLS, "text " + i)
    }
    SMALL = smallPush(smallPush(EMPTY_SMALL_VECTOR, 5), 6)
    part()
    setTimeout(() => run(parts), 1)
}
`

/** A program that calls everything wrongly and prints what it hears, for the board and for Node. */
export function misuseProgram(callables: readonly Callable[], library: string): string {
    const names = new Set(
        callables.map(({ owner, name }) => owner ?? name).filter(name => name !== "hex"),
    )
    for (const constant of [
        "AT",
        "EMPTY_SMALL_VECTOR",
        "INLINE",
        "SMALL_BYTES",
        "U16",
        "freeMap",
        "freeTake",
        "packedList",
        "packedRing",
        "packedUnion",
        "ringPush",
        "listPush",
        "symbolIntern",
        "symbolTable",
        "unionPush",
        "smallPush",
    ])
        names.add(constant)
    const parts = [
        ...callables.filter(({ name }) => !Object.hasOwn(UNCHECKED, name)).flatMap(misuses),
        ...callables
            .filter(({ name, returns }) => returns && name !== "constructor")
            .flatMap(refusals),
    ]
    return [
        `import { ${[...names].join(", ")} } from "${library}"`,
        HEAD,
        ...parts.map((body, i) => `function part${i}() {\n${body}\n}`),
        `run([${parts.map((_, i) => `part${i}`).join(", ")}])`,
    ].join("\n")
}

/** One part for each argument: every value that it may not be, the others as they may. */
function misuses(callable: Callable): string[] {
    const { owner, name, parameters } = callable
    const good = parameters.map(parameter => goodArgument(callable, parameter))
    const called = (owner === undefined ? "" : `${owner}.`) + name
    const parts = parameters.flatMap((parameter, at) => {
        if (parameter.kind === "anything") return []
        const wrong = [WRONG[parameter.kind]]
        if (parameter.kind === "number") wrong.push(...rangeOf(callable, parameter.name).slice(1))
        const list = good.map((value, i) => (i === at ? "value" : value))
        return [
            `    const it: any = ${structure(callable, 3)}`,
            `    const call = (value: any) => ${call(callable, list)}`,
            `    attemptAll("${called} ${parameter.name}", it, call, ${wrong.join(", ")})`,
        ].join("\n")
    })
    if (parameters.length < 2) return parts
    // Each argument in the next one's place.
    const turned = [...good.slice(1), good[0]!]
    parts.push(
        [
            `    const it: any = ${structure(callable, 3)}`,
            `    attempt("${called} swapped", it, () => ${call(callable, turned)}, 0)`,
        ].join("\n"),
    )
    return parts
}

/** A method of a structure that is empty and of one that is full. */
function refusals(callable: Callable): string[] {
    const { owner, name, parameters } = callable
    if (owner === undefined || owner === "Fused") return []
    const good = parameters.map(parameter => goodArgument(callable, parameter))
    return [0, 4].map(count =>
        [
            `    const it: any = ${structure(callable, count)}`,
            `    refuse("${owner}.${name} ${count === 0 ? "empty" : "full"}", it, () => ${call(callable, good)})`,
        ].join("\n"),
    )
}

function goodArgument(callable: Callable, { name, kind }: Parameter): string {
    return kind === "number" ? rangeOf(callable, name)[0] : goodOf(callable, name)
}

function structure({ owner, name }: Callable, count: number): string {
    if (owner === undefined || name === "constructor") return "undefined"
    const { make, add } = STRUCTURES[owner]!
    return `filled(${make}, (it, i) => ${add}, ${count})`
}

function call({ owner, name }: Callable, list: readonly string[]): string {
    const args = list.map(value => `(${value}) as any`).join(", ")
    if (owner === undefined) return `${name}(${args})`
    return name === "constructor" ? `new ${owner}(${args})` : `it.${name}(${args})`
}

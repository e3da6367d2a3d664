import { SeededRandom } from "../../../host/base/seeded-random"

/** What is wrong with a program, where something is: each in its own way. */
const MISTAKES = [
    'const wrong: number = "text"',
    "const open = (",
    'import { nothing } from "./nowhere"\nconsole.log(nothing)',
    "class Asked {\n    get size() {\n        return 1\n    }\n}\nconsole.log(new Asked().size)",
    "console.log(missing)",
    "const twice = 1\nconst twice = 2",
    "let label: string = undefined + 1\nlabel.nowhere()",
]

/** A program that is drawn: what it keeps, throws away, prints, waits for, dies of, or does not compile for. */
export function randomProgram(seed: number): string {
    // Neighbouring seeds begin alike.
    const random = new SeededRandom(Math.imul(seed + 1, 2654435761))
    const draw = (from: number, to: number) => from + Math.floor(random.fraction() * (to - from))
    const pick = <T>(some: readonly T[]): T => some[draw(0, some.length)]!
    let names = 0

    const expression = (depth: number): string => {
        const below = () => expression(depth - 1)
        if (depth === 0) return pick(["n", "sum", `${draw(0, 1000)}`, `${draw(0, 9)}.5`, "n / 3"])
        return pick([
            () => `(${below()} + ${below()})`,
            () => `(${below()} * ${below()})`,
            () => `(${below()} % ${draw(1, 50)})`,
            () => `(${below()} | ${below()})`,
            () => `Math.round(${below()})`,
            () => `("é${draw(0, 99)}" + ${below()}).length`,
            () => `[${below()}, ${below()}].length`,
            () => `(${below()} > ${below()} ? ${below()} : ${below()})`,
        ])()
    }
    const statement = (depth: number): string => {
        const name = `v${names++}`
        return pick([
            () => `kept.push(${expression(2)})`,
            () => `kept.push({ id: n, value: ${expression(1)}, name: "n" + ${expression(1)} })`,
            () => `kept = []`,
            () => `if (kept.length > ${draw(3, 200)}) kept.shift()`,
            () => `const ${name} = Buffer.alloc(${draw(1, 300)})\n${name}[0] = n`,
            () => `pictures.push(Buffer.alloc(${draw(1, 120)}))`,
            () => `text = text + "${"äx".repeat(draw(1, 9))}" + ${expression(1)}`,
            () => `if (text.length > ${draw(20, 900)}) text = text.slice(${draw(1, 20)})`,
            () => `seen["k" + (${expression(1)} % ${draw(2, 90)})] = n`,
            () => `sum += Math.random()`,
            () =>
                `console.log("${pick(["at", "<b>", "\\u{1f600}", "a\\tb"])} " + ${expression(2)})`,
            () => `console.log(text, sum, n)`,
            () => `setTimeout(() => {\n    sum += ${expression(1)}\n}, ${draw(1, 900)})`,
            () => `guest.start(${draw(1, 2000)})`,
            () =>
                `for (let i = 0; i < ${draw(1, 60)}; i++) {\n    sum += i\n    ${depth > 0 ? statement(depth - 1) : "n++"}\n}`,
            () =>
                `try {\n    if (n % ${draw(2, 40)} === 0) throw new Error("e" + n)\n    ${depth > 0 ? statement(depth - 1) : "n++"}\n} catch (${name}) {\n    sum--\n}`,
            () => `newest = { before: newest, id: n }`,
            () => `sum += deep(${draw(1, 12)})`,
        ])()
    }
    const block = (count: number) => Array.from({ length: count }, () => statement(1)).join("\n")
    const fatal = pick([
        ...Array.from({ length: 8 }, () => ""),
        `if (n === ${draw(2, 60)}) throw new RangeError("enough")`,
        `if (n === ${draw(2, 60)}) (undefined as any).field.other = 1`,
        `if (n === ${draw(2, 60)}) deep(100000)`,
        `if (n === ${draw(2, 60)}) while (true) sum++`,
    ])
    const mistake = draw(0, 7) === 0 ? pick(MISTAKES) : ""
    return `import { sleep } from "@devicescript/core"
let n = 0
let sum = 0
let text = ""
let kept: any[] = []
let newest: any
const seen: any = {}
const pictures: Buffer[] = []
function deep(left: number): number {
    return left === 0 ? 0 : 1 + deep(left - 1)
}
async function guest(ms: number) {
    await sleep(ms)
    sum += ms
}
${block(draw(0, 4))}
setInterval(() => {
n++
${fatal}
{
${block(draw(1, 7))}
}
}, ${draw(10, 800)})
${mistake}
`
}

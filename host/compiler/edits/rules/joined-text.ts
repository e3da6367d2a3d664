import type { Advice, Change } from "../../../documents/advice"
import { ARRAY_BYTES, arrayRooms, elementsBytes, textBytes } from "../../../model/heap/object-sizes"
import type { Proposal } from "../edit"
import type { ProgramCode } from "../program-code"
import { refuse } from "../refusal"
import type { TextEdit } from "../text-edit"
import type { Node } from "../tree"
import { isText, partsOf, template } from "./string-building"

const LOOPS = [
    ...["ForStatement", "ForOfStatement", "ForInStatement"],
    ...["WhileStatement", "DoStatement"],
]

/** Digits of a number that a program writes, about. */
const DIGITS = 3
/** A list of pieces takes no more than this share of the texts on the way, or is not worth it. */
const MOST = 0.9

/** A text that a loop makes longer, and all that is ever done with it. */
interface GrownText {
    declaration: Node
    /** Statements that add to it, those that follow one another together. */
    additions: Addition[][]
    /** Where it is read, all of it after the last addition. */
    reads: Node[]
    /** The statement of its own block with the first read. */
    reader: Node
}

interface Addition {
    statement: Node
    /** What is added, in order. */
    parts: Node[]
}

/**
 * A text that a loop makes longer piece by piece becomes a list of its pieces, joined once when it is read.
 * A library's builder would take a frame a piece, which is more than a place in a list.
 */
export function joinedPieces(advice: Advice, code: ProgramCode): Proposal {
    const texts = [...code.all()].flatMap(node => grownText(node, code) ?? [])
    if (texts.length === 0)
        return refuse("no text is made longer in a loop by statements that do nothing else with it")
    const edits = texts.flatMap(text => joined(text, code))
    const names = texts.map(({ declaration }) => declaration.name!.text).join(", ")
    return {
        title: `${names}: pieces in a list, joined once`,
        edits,
        predicted: { churn: predictedFor(advice, texts, code) },
    }
}

function grownText(declaration: Node, code: ProgramCode): GrownText | undefined {
    if (!code.is(declaration, "VariableDeclaration") || !declaration.initializer) return undefined
    const list = declaration.parent
    const scope = code.functionAround(declaration)
    // What is there as long as the program would keep the pieces as long.
    if (!scope || !code.is(list.parent, "VariableStatement") || list.declarations!.length > 1)
        return undefined
    const block = list.parent.parent
    if (!code.is(block, "Block") || code.typeText(declaration.name!) !== "string") return undefined
    const additions: Addition[] = []
    const reads: Node[] = []
    for (const use of code.usesOf(declaration)) {
        if (use === declaration.name) continue
        // A function of its own may do it at any time.
        if (code.functionAround(use) !== scope) return undefined
        const addition = additionAt(use, declaration, code)
        if (addition === "itself") continue
        if (addition) additions.push(addition)
        else if (code.isRead(use)) reads.push(use)
        else return undefined
    }
    const isInLoop = ({ statement }: Addition) => {
        const loop = code.around(statement, ...LOOPS)
        return loop !== undefined && code.isInside(loop, block) && !code.isInside(block, loop)
    }
    if (!additions.some(isInLoop) || reads.length === 0) return undefined
    const last = Math.max(...additions.map(({ statement }) => statement.end))
    const reader = block.statements!.find(statement =>
        reads.some(read => code.isInside(read, statement)),
    )
    if (!reader || reader.getStart() < last) return undefined
    return { declaration, additions: runsOf(additions, code), reads, reader }
}

/** What a statement adds where its text is used; "itself" for the second use in `text = text + more`. */
function additionAt(
    use: Node,
    declaration: Node,
    code: ProgramCode,
): Addition | "itself" | undefined {
    const statement = code.statementOf(use)
    const sum = code.is(statement, "ExpressionStatement") ? statement.expression : undefined
    if (!code.is(sum, "BinaryExpression") || !code.is(sum.left, "Identifier")) return undefined
    if (code.declarationOf(sum.left) !== declaration) return undefined
    let parts = partsOf(sum.right!, code)
    if (code.is(sum.operatorToken, "EqualsToken")) {
        const [first, ...rest] = parts
        if (rest.length === 0 || code.declarationOf(code.bare(first!)) !== declaration)
            return undefined
        if (use === code.bare(first!)) return "itself"
        parts = rest
    } else if (!code.is(sum.operatorToken, "PlusEqualsToken")) return undefined
    if (use !== sum.left) return undefined
    return parts.some(part => names(part, declaration, code)) ? undefined : { statement, parts }
}

function names(node: Node, declaration: Node, code: ProgramCode): boolean {
    return [...code.all(node)].some(
        one => code.is(one, "Identifier") && code.declarationOf(one) === declaration,
    )
}

/** Statements one right after the other as one piece: whatever the later ones add is only worked out. */
function runsOf(additions: readonly Addition[], code: ProgramCode): Addition[][] {
    const runs: Addition[][] = []
    for (const addition of [...additions].sort((a, b) => a.statement.pos - b.statement.pos)) {
        const { statement, parts } = addition
        const before = runs.at(-1)?.at(-1)?.statement
        const list = statement.parent.statements ?? []
        const isNext =
            before?.parent === statement.parent &&
            list.includes(before) &&
            list.indexOf(statement) === list.indexOf(before) + 1
        // What fails half way is seen only by who goes on after it.
        const isWatched = code.around(statement, "TryStatement") !== undefined
        if (isNext && !isWatched && parts.every(part => code.isPure(part)))
            runs.at(-1)!.push(addition)
        else runs.push([addition])
    }
    return runs
}

function joined(text: GrownText, code: ProgramCode): TextEdit[] {
    const { declaration, additions, reads, reader } = text
    const name = declaration.name!.text!
    const pieces = code.freshName(`${name}Pieces`)
    const initial = declaration.initializer!
    const isEmpty = code.is(code.bare(initial), "StringLiteral") && !code.bare(initial).text
    const file = code.pathOfNode(declaration)
    const start = declaration.parent.getStart()
    const first = isEmpty ? "" : initial.getText()
    const edits: TextEdit[] = [
        { file, start, end: declaration.end, text: `const ${pieces}: string[] = [${first}]` },
    ]
    for (const run of additions) {
        const [from, to] = [run[0]!.statement, run.at(-1)!.statement]
        const piece = pieceOf(
            run.flatMap(({ parts }) => parts),
            code,
        )
        edits.push({
            file,
            start: from.getStart(),
            end: to.expression!.end,
            text: `${pieces}.push(${piece})`,
        })
    }
    const whole = `${pieces}.join("")`
    const indent = code.indentOf(reader)
    const [read, another] = reads
    if (another || !code.is(reader, "ReturnStatement"))
        return [...edits, code.insertBefore(reader, `const ${name} = ${whole}\n${indent}`)]
    // What is put after it on its way out is the last piece.
    const sum = code.bare(reader.expression!)
    const [head, ...rest] = partsOf(sum, code)
    if (code.bare(head!) !== read || rest.length === 0)
        return [...edits, code.replace(read!, whole)]
    return [
        ...edits,
        code.insertBefore(reader, `${pieces}.push(${pieceOf(rest, code)})\n${indent}`),
        code.replace(reader.expression!, whole),
    ]
}

/** What joining turns into a text only once is a text before: a number would be made into one twice. */
function pieceOf(parts: readonly Node[], code: ProgramCode): string {
    return isMade(parts, code) ? template(parts, code) : parts[0]!.getText()
}

/** Whether a piece is a text of its own making. */
function isMade(parts: readonly Node[], code: ProgramCode): boolean {
    return parts.length > 1 || parts.some(part => !isOneText(part, code))
}

function isOneText(part: Node, code: ProgramCode): boolean {
    return isText(part, code) && !code.typeText(part).includes("|")
}

/**
 * The texts on the way give way to lists of pieces. A statement that adds several parts makes a text for
 * each, and one of each number; its piece is one text.
 * @throws Refusal when the lists would take about as much
 */
function predictedFor(
    { appended }: Advice,
    texts: readonly GrownText[],
    code: ProgramCode,
): Change {
    if (!appended) return refuse("its texts are of too few pieces")
    const runs = texts.flatMap(({ additions }) => additions)
    const statements = runs.flat().length
    const parts = runs.flat().flatMap(addition => addition.parts)
    const share = (some: readonly unknown[]) => some.length / statements
    const added = appended.sums / appended.texts
    const pieces = Math.round(1 + added * share(runs))
    const conversions = share(parts.filter(part => !isOneText(part, code)))
    const made = share(
        runs.filter(run =>
            isMade(
                run.flatMap(one => one.parts),
                code,
            ),
        ),
    )
    const each = Math.round(appended.textBytes / appended.texts / pieces)
    const storage = arrayRooms(pieces).reduce((sum, room) => sum + elementsBytes(room), ARRAY_BYTES)
    const before =
        appended.sumBytes * share(parts) +
        appended.textBytes +
        appended.sums * conversions * textBytes(DIGITS)
    const after =
        appended.textBytes + appended.texts * storage + appended.sums * made * textBytes(each)
    if (after > before * MOST) refuse("the list of its pieces would take about as much")
    return { before: Math.round(before), after: Math.round(after) }
}

import type { Advice } from "../../../documents/advice"
import type { Proposal } from "../edit"
import { refuse } from "../refusal"
import type { TextEdit } from "../text-edit"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"
import { formatFor } from "../records/record-fields"
import { Values } from "../values/values"
import { listsPushedAt } from "./lists"

const ARRAY_BYTES = 16
const ELEMENT_BYTES = 8
const BUFFER_BYTES = 12

/**
 * A list that is only added to, and of which only the last few are ever read, becomes a ring of so many: a
 * new element takes the place of the oldest. Its length goes on counting, so that what reads it by its
 * distance from the end reads the same.
 */
export function boundedRing(advice: Advice, code: ProgramCode): Proposal {
    const [list, another] = listsPushedAt(advice, code)
    if (!list || another) return refuse("no list of the whole program is added to there")
    const name = list.name!.text!
    if (code.isExported(list)) refuse(`${name} is used in other files`)
    const initial = list.initializer && code.bare(list.initializer)
    if (!code.is(initial, "ArrayLiteralExpression") || initial.elements!.length > 0)
        return refuse(`${name} does not begin empty`)
    const values = new Values(code)
    const pushes: Node[] = []
    const reads: Node[] = []
    const lengths: Node[] = []
    let deepest = 0
    for (const use of code.usesOf(list)) {
        if (use === list.name) continue
        const { user } = code.userOf(use)
        const where = `line ${code.lineOf(use)}`
        if (code.is(user, "PropertyAccessExpression") && user.name?.text === "length")
            lengths.push(user)
        else if (
            code.is(user, "PropertyAccessExpression") &&
            user.name?.text === "push" &&
            user.parent.arguments?.length === 1 &&
            code.is(user.parent.parent, "ExpressionStatement")
        )
            pushes.push(user.parent)
        else if (code.is(user, "ElementAccessExpression") && user.expression === use) {
            const depth = depthOf(user.argumentExpression!, list, code, values)
            if (depth === undefined)
                return refuse(`${where} reads ${name} where nobody can tell how far from its end`)
            deepest = Math.max(deepest, depth)
            reads.push(user)
        } else refuse(`${where} does something else with ${name}`)
    }
    if (deepest === 0 || deepest > 1000) refuse(`${name} is read further back than a ring would go`)
    const count = code.freshName(`${name}Count`)
    const value = pushes
        .map(push => values.of(push.arguments![0]!))
        .reduce((a, b) => ({ ...a, ...b, ...(a.isUnknown && { isUnknown: true }) }))
    // Bytes are read as numbers: before the first of them there is nothing, which is no number.
    const isBytes =
        pushes.length === 1 &&
        formatFor(value)?.format === "u8" &&
        reads.every(read => isAfterFirst(read, code))
    const edits: TextEdit[] = []
    edits.push(code.replace(list.initializer!, isBytes ? `Buffer.alloc(${deepest})` : "[]"))
    if (isBytes && list.type) edits.push(code.replace(list.type, "Buffer"))
    edits.push(
        code.insertAfter(
            code.topStatement(list),
            `\n/** How many there were; the last ${deepest} of them are kept. */\nlet ${count} = 0`,
        ),
    )
    for (const push of pushes) {
        const file = code.pathOfNode(push)
        const [pushed] = push.arguments!
        edits.push({
            file,
            start: push.getStart(),
            end: pushed!.getStart(),
            text: `${name}[${count} % ${deepest}] = `,
        })
        edits.push({
            file,
            start: pushed!.end,
            end: push.end,
            text: `\n${code.indentOf(push)}${count}++`,
        })
        const statement = push.parent
        if (code.is(statement.parent, "Block", "SourceFile")) continue
        edits.push(code.insertBefore(statement, "{ "), code.insertAfter(statement, " }"))
    }
    for (const length of lengths) edits.push(code.replace(length, count))
    for (const read of reads) {
        const index = read.argumentExpression!
        edits.push(code.insertBefore(index, code.is(index, "Identifier") ? "" : "("))
        edits.push(
            code.insertAfter(index, `${code.is(index, "Identifier") ? "" : ")"} % ${deepest}`),
        )
    }
    const { live, churn } = advice
    const after = isBytes ? BUFFER_BYTES + deepest : ARRAY_BYTES + deepest * ELEMENT_BYTES
    const share = advice.endsFault && live ? live.before / Math.max(1, advice.count) : ELEMENT_BYTES
    return {
        title: `${name}: the last ${deepest} are kept, in the place of the oldest`,
        edits,
        predicted: {
            ...(live && {
                live: {
                    before: live.before,
                    after: advice.endsFault && !isBytes ? Math.round(deepest * share) : after,
                },
            }),
            ...(churn && { churn: { before: churn.before, after } }),
        },
    }
}

/** How far from the end of a list an index is at most; undefined when it may be anywhere. */
function depthOf(index: Node, list: Node, code: ProgramCode, values: Values): number | undefined {
    const bare = code.bare(index)
    const fromEnd = distanceIn(bare, list, code, values)
    if (fromEnd !== undefined) return fromEnd
    if (!code.is(bare, "Identifier")) return undefined
    // A loop from so far before the end to the end.
    const declaration = code.declarationOf(bare)
    const loop = declaration?.parent.parent
    if (!code.is(loop, "ForStatement") || !declaration?.initializer) return undefined
    const { condition, incrementor } = loop
    const begins = distanceIn(code.bare(declaration.initializer), list, code, values)
    if (
        begins === undefined ||
        !code.is(condition, "BinaryExpression") ||
        !code.is(condition.operatorToken, "LessThanToken")
    )
        return undefined
    const isToEnd =
        code.declarationOf(condition.left!) === declaration &&
        isLength(condition.right!, list, code)
    const isUp =
        code.is(incrementor, "PostfixUnaryExpression", "PrefixUnaryExpression") &&
        incrementor.getText().includes("++")
    // Whoever waits in the loop may find a longer list after it.
    const isStill = ![...code.all(loop.statement!)].some(
        node => code.is(node, "AwaitExpression", "CallExpression") && !code.isPure(node),
    )
    const writes = code
        .usesOf(declaration)
        .filter(use => code.isInside(use, loop.statement!) && !code.isRead(use))
    return isToEnd && isUp && isStill && writes.length === 0 ? begins : undefined
}

/** `list.length - 3`. */
function distanceIn(node: Node, list: Node, code: ProgramCode, values: Values): number | undefined {
    if (
        !code.is(node, "BinaryExpression") ||
        !code.is(node.operatorToken, "MinusToken") ||
        !isLength(node.left!, list, code)
    )
        return undefined
    const { numbers, isUnknown } = values.of(node.right!)
    return numbers && !isUnknown && numbers.isWhole && numbers.lo >= 1 && numbers.hi < Infinity
        ? numbers.hi
        : undefined
}

function isLength(node: Node, list: Node, code: ProgramCode): boolean {
    return (
        code.is(node, "PropertyAccessExpression") &&
        node.name?.text === "length" &&
        code.declarationOf(node.expression!) === list
    )
}

/** Whether what is read goes only into sums: nothing of `undefined` there. */
function isAfterFirst(read: Node, code: ProgramCode): boolean {
    return code.is(code.userOf(read).user, "BinaryExpression")
}

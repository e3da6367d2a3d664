import type { Advice } from "../../../documents/advice"
import type { Proposal } from "../edit"
import { refuse } from "../refusal"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"
import { Values } from "../values/values"
import { onlyNumbers } from "../values/value"
import { nodesAt } from "./made-at"

/** A list that a counted loop fills, one element a turn, is made as long as it will be. */
export function preSized(advice: Advice, code: ProgramCode): Proposal {
    const push = nodesAt(advice, code, "CallExpression").find(
        ({ expression }) => expression?.name?.text === "push",
    )
    const list = push && code.declarationOf(push.expression!.expression!)
    if (!push || !code.is(list, "VariableDeclaration"))
        return refuse("nothing is added to a list there")
    const name = list.name!.text!
    const loop = code.around(push, "ForStatement")
    const statement = push.parent
    const isOnce =
        loop &&
        (loop.statement === statement ||
            (statement.parent === loop.statement && leavesNowhere(loop, code)))
    if (!loop || !isOnce || push.arguments?.length !== 1)
        return refuse(`what fills ${name} is no loop that adds one element a turn`)
    const counter = loop.initializer?.declarations?.[0]
    const { condition, incrementor } = loop
    const isCounted =
        counter?.initializer?.getText() === "0" &&
        code.is(condition, "BinaryExpression") &&
        code.is(condition.operatorToken, "LessThanToken") &&
        code.declarationOf(condition.left!) === counter &&
        code.is(incrementor, "PostfixUnaryExpression", "PrefixUnaryExpression") &&
        incrementor.getText().includes("++") &&
        code.usesOf(counter).every(use => code.isRead(use) || code.isInside(use, incrementor))
    if (!isCounted)
        return refuse(`nothing tells how often the loop in line ${code.lineOf(loop)} goes round`)
    const length = condition.right!
    const range = onlyNumbers(new Values(code).of(length))
    if (!code.is(length, "Identifier", "NumericLiteral") || !range?.isWhole || range.lo < 0)
        return refuse(`nothing tells how often the loop in line ${code.lineOf(loop)} goes round`)
    if (
        code
            .usesOf(list)
            .some(use => use !== push.expression!.expression && code.isInside(use, loop))
    )
        refuse(`the loop asks ${name} for more than to add to it`)
    const made = madeBefore(loop, list, code)
    if (!made)
        return refuse(
            `${name} is not made empty right before the loop in line ${code.lineOf(loop)}`,
        )
    const element = /^(.*)\[\]$/.exec(code.typeText(list.name!))?.[1]
    const value = push.arguments[0]!
    return {
        title: `${name}: made with room for ${length.getText()} elements, and filled by index`,
        edits: [
            code.replace(
                made,
                `new Array${element && element !== "any" ? `<${element}>` : ""}(${length.getText()})`,
            ),
            {
                file: code.pathOfNode(push),
                start: push.getStart(),
                end: value.getStart(),
                text: `${name}[${counter!.name!.text}] = `,
            },
            { file: code.pathOfNode(push), start: value.end, end: push.end, text: "" },
        ],
    }
}

/** Whether every turn of a loop gets to its end. */
function leavesNowhere(loop: Node, code: ProgramCode): boolean {
    return ![...code.all(loop.statement!)].some(node =>
        code.is(node, "BreakStatement", "ContinueStatement", "ReturnStatement", "ThrowStatement"),
    )
}

/** The `[]` of the statement before a loop. */
function madeBefore(loop: Node, list: Node, code: ProgramCode): Node | undefined {
    const statements = loop.parent.statements ?? []
    const before = statements[statements.indexOf(loop) - 1]
    if (!before) return undefined
    const set =
        before.expression &&
        code.is(before.expression, "BinaryExpression") &&
        code.declarationOf(before.expression.left!) === list
            ? before.expression.right
            : before === list.parent.parent
              ? list.initializer
              : undefined
    return code.is(set, "ArrayLiteralExpression") && set.elements!.length === 0 ? set : undefined
}

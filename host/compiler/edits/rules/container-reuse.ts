import type { Advice } from "../../../documents/advice"
import type { Proposal } from "../edit"
import type { ProgramCode } from "../program-code"
import { refuse } from "../refusal"
import type { TextEdit } from "../text-edit"
import type { Node } from "../tree"
import { isWrite } from "../values/values"
import { onlyNumbers } from "../values/value"
import { Values } from "../values/values"
import { nodesAt } from "./made-at"

/** Results are kept for so many arguments at most. */
const MAX_RESULTS = 256

/** A function that works a text out of a small number keeps what it worked out, by that number. */
export function keptResults(advice: Advice, code: ProgramCode): Proposal {
    const [inside] = nodesAt(advice, code, "Identifier")
    const maker = inside && (code.functionAround(inside) ?? inside.parent)
    if (!maker || !code.is(maker, "FunctionDeclaration") || !maker.name || !maker.body)
        return refuse("no function of the program does it there")
    const name = maker.name.text!
    if ((maker.modifiers ?? []).length > 0) refuse(`${name} is async, or used in other files`)
    const [parameter, more] = maker.parameters ?? []
    if (!parameter || more || !code.is(parameter.name, "Identifier"))
        return refuse(`${name} works its result out of more than one value`)
    const range = onlyNumbers(new Values(code).ofDeclaration(parameter))
    if (!range?.isWhole || range.lo < 0 || range.hi >= MAX_RESULTS)
        return refuse(`nothing tells that ${parameter.name.text} is a small number`)
    if (!/^(string|number|boolean)$/.test(maker.type?.getText() ?? ""))
        refuse(`what ${name} returns may be changed by whoever gets it`)
    checkWorksOut(maker, code)
    const kept = code.freshName(`${name}Kept`)
    const argument = parameter.name.text!
    const [first] = maker.body.statements!
    const indent = code.indentOf(first!)
    const edits: TextEdit[] = [
        code.insertAbove(
            maker,
            `/** What ${name} has worked out, by ${argument}. */\nconst ${kept} = new Array<${maker.type!.getText()}>(${range.hi + 1})\n\n`,
        ),
        code.insertBefore(
            first!,
            `if (${kept}[${argument}] !== undefined) return ${kept}[${argument}]\n${indent}`,
        ),
    ]
    for (const node of code.all(maker.body)) {
        if (
            !code.is(node, "ReturnStatement") ||
            code.functionAround(node) !== maker ||
            !node.expression
        )
            continue
        const inner = code.indentOf(node)
        const isInBlock = code.is(node.parent, "Block")
        const text = [
            `${kept}[${argument}] = ${node.expression.getText()}`,
            `return ${kept}[${argument}]`,
        ]
        edits.push(
            code.replace(node, isInBlock ? text.join(`\n${inner}`) : `{ ${text.join("; ")} }`),
        )
    }
    return { title: `${name}: what it worked out for a number is kept`, edits }
}

/** @throws Refusal unless a function does nothing but work out its result, from its argument and constants */
function checkWorksOut(maker: Node, code: ProgramCode): void {
    const isOwn = (declaration: Node | undefined) =>
        declaration !== undefined && code.isInside(declaration, maker)
    for (const node of code.all(maker.body)) {
        const where = `line ${code.lineOf(node)}`
        if (code.is(node, "AwaitExpression", "ThisKeyword"))
            refuse(`${where} does more than to work something out`)
        if (code.is(node, "Identifier")) {
            const declaration = code.declarationOf(node)
            if (
                !declaration ||
                isOwn(declaration) ||
                !code.isOwn(declaration) ||
                node.parent.name === node
            )
                continue
            const isConstant =
                code.is(declaration, "VariableDeclaration") &&
                code.isConst(declaration) &&
                code.is(declaration.initializer, "NumericLiteral", "StringLiteral")
            if (!isConstant) refuse(`${where} depends on ${node.text}`)
        }
        if (code.is(node, "CallExpression")) {
            const { expression } = node
            const owner = code.is(expression, "PropertyAccessExpression")
                ? expression.expression!
                : undefined
            const isLocal =
                owner && code.is(owner, "Identifier") && isOwn(code.declarationOf(owner))
            if (owner?.getText() !== "Math" && !isLocal)
                refuse(`${where} calls ${expression!.getText().slice(0, 40)}`)
        }
    }
    const argument = maker.parameters![0]!
    if (code.usesOf(argument).some(use => use !== argument.name && isWrite(code, use)))
        refuse("it changes its argument")
}

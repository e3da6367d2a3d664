import type { Advice } from "../../../documents/advice"
import type { Proposal } from "../edit"
import { refuse } from "../refusal"
import type { TextEdit } from "../text-edit"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"
import { callsOf } from "../values/values"
import { reaches } from "./call-graph"
import { nodesAt } from "./made-at"

const FIRST: Readonly<Record<string, string>> = { number: "0", string: '""', boolean: "false" }

/**
 * A function that returns several values in a new object fills the same one each time: whoever calls it
 * has read it before it is called again.
 */
export function reusedResult(advice: Advice, code: ProgramCode, all: readonly Advice[]): Proposal {
    const made = nodesAt(advice, code, "ObjectLiteralExpression").find(node =>
        code.is(node.parent, "ReturnStatement"),
    )
    const maker = made && code.functionAround(made)
    const element = made && code.madeBy(made)
    if (!maker || !element || !code.is(maker, "FunctionDeclaration") || !maker.name)
        return refuse("no function returns what is made there")
    const name = maker.name.text!
    if ((maker.modifiers ?? []).length > 0) refuse(`${name} is async, or used in other files`)
    const fields = fieldsOf(element, code)
    if (reaches(maker, maker, code)) refuse(`${name} calls itself`)
    for (const parameter of maker.parameters ?? [])
        if (code.typeDeclaration(code.typeOf(parameter.name!)) === element)
            refuse(`${name} is given what it may have returned`)
    const calls = callsOf(code, maker)
    if (!calls) return refuse(`${name} is handed on as a value`)
    for (const call of calls) checkCall(call, maker, code)
    const result = code.freshName(`${name}Result`)
    const indent = code.indentOf(maker)
    const first = fields.map(({ name: field, first: value }) => `${field}: ${value}`).join(", ")
    const type = element.name ? `: ${element.name.text}` : ""
    const edits: TextEdit[] = [
        code.insertAbove(
            maker,
            `/** What ${name} returns, each time. */\n${indent}const ${result}${type} = { ${first} }\n\n${indent}`,
        ),
    ]
    for (const statement of code.all(maker.body)) {
        if (!code.is(statement, "ReturnStatement") || code.functionAround(statement) !== maker)
            continue
        edits.push(
            ...filled(
                statement,
                result,
                fields.map(one => one.name),
                code,
            ),
        )
    }
    // A function with several returns has an advice for each line.
    const isItsOwn = (one: Advice) =>
        nodesAt(one, code, "ObjectLiteralExpression").some(
            node => code.is(node.parent, "ReturnStatement") && code.functionAround(node) === maker,
        )
    const about = all.filter(one => one.churn && !one.live && (one === advice || isItsOwn(one)))
    const before = about.reduce((sum, { churn }) => sum + churn!.before, 0)
    const after = advice.churn ? advice.churn.after : 0
    return {
        title: `${name}: one object, filled again at each call`,
        edits,
        ...(before > 0 && { predicted: { churn: { before, after } } }),
    }
}

function fieldsOf(element: Node, code: ProgramCode): { name: string; first: string }[] {
    if (!code.is(element, "InterfaceDeclaration", "TypeLiteral") || element.heritageClauses)
        refuse("what is returned is of no plain interface")
    return (element.members ?? []).map(member => {
        const first = FIRST[member.type?.getText() ?? ""]
        if (!code.is(member, "PropertySignature") || first === undefined || member.questionToken)
            return refuse(`${member.name?.getText()} is no number, text or flag`)
        return { name: member.name!.getText(), first }
    })
}

/** One return, as writes to the object that is there. */
function filled(
    statement: Node,
    result: string,
    fields: readonly string[],
    code: ProgramCode,
): TextEdit[] {
    const value = statement.expression && code.bare(statement.expression)
    if (!value || value.getText() === "undefined" || value.getText() === "null") return []
    if (!code.is(value, "ObjectLiteralExpression"))
        return refuse(`line ${code.lineOf(statement)} returns what was made elsewhere`)
    const written = fields.map(field => ({ field, value: code.fieldIn(value, field) }))
    if (written.some(one => !one.value) || value.properties!.length !== fields.length)
        return refuse(`line ${code.lineOf(statement)} leaves fields out`)
    // As they are written there, so that they are worked out in that order.
    written.sort((a, b) => a.value!.getStart() - b.value!.getStart())
    const isInBlock = code.is(statement.parent, "Block")
    const indent = code.indentOf(statement)
    const inner = isInBlock ? indent : `${indent}    `
    const lines = [
        ...written.map(one => `${result}.${one.field} = ${one.value!.getText()}`),
        `return ${result}`,
    ]
    const text = lines.join(`\n${inner}`)
    return [code.replace(statement, isInBlock ? text : `{\n${inner}${text}\n${indent}}`)]
}

/** @throws Refusal when somebody may still read the object after the next call */
function checkCall(call: Node, maker: Node, code: ProgramCode): void {
    const { user, value } = code.userOf(call)
    const where = `line ${code.lineOf(call)}`
    if (code.is(user, "PropertyAccessExpression") && user.expression === value) return
    if (code.is(user, "CallExpression") && user.expression !== value) {
        const called = code.declarationOf(user.expression!)
        const index = user.arguments!.indexOf(value)
        const parameter = code.is(called, "FunctionDeclaration")
            ? called.parameters?.[index]
            : undefined
        const others = user.arguments!.filter(one => one !== value)
        if (
            !parameter ||
            !called ||
            !called.body ||
            reaches(called, maker, code) ||
            others.some(one => !code.isPure(one))
        )
            return refuse(`${where} hands it on`)
        if ((called.modifiers ?? []).some(one => code.is(one, "AsyncKeyword")))
            refuse(`${where} hands it on to what waits`)
        checkReads(parameter, called.body, maker, code)
        return
    }
    if (
        !code.is(user, "VariableDeclaration") ||
        user.initializer !== value ||
        !code.isConst(user) ||
        !code.is(user.name, "Identifier")
    )
        return refuse(`${where} does more with it than to read it`)
    checkReads(user, user.parent.parent.parent, maker, code)
}

/** That a variable is only read, in a scope in which the object is not filled again after it is had. */
function checkReads(declaration: Node, scope: Node, maker: Node, code: ProgramCode): void {
    const around = code.functionAround(declaration)
    const owner = code.is(declaration, "Parameter") ? declaration.parent : around
    const name = declaration.name!.text!
    let last = declaration.end
    for (const use of code.usesOf(declaration)) {
        if (use === declaration.name) continue
        const { user, value } = code.userOf(use)
        const where = `line ${code.lineOf(use)}`
        if (code.functionAround(use) !== owner) refuse(`${where} keeps ${name} for later`)
        last = Math.max(last, use.end)
        if (code.is(user, "PropertyAccessExpression") && user.expression === value) {
            if (!code.isRead(user.name!.parent)) refuse(`${where} changes ${name}`)
            continue
        }
        const isAsked =
            code.is(user, "IfStatement", "PrefixUnaryExpression") ||
            (code.is(user, "ConditionalExpression") && user.condition === value)
        if (!isAsked) refuse(`${where} does more with ${name} than to read it`)
    }
    // A loop around its use comes back to it, but to its making first.
    for (const node of code.all(scope)) {
        if (node.getStart() < declaration.end || node.getStart() > last) continue
        if (code.is(node, "AwaitExpression"))
            refuse(`line ${code.lineOf(node)} waits while ${name} is read`)
        if (!code.is(node, "CallExpression")) continue
        const called = code.declarationOf(node.expression!.name ?? node.expression!)
        if (called && code.isOwn(called) && (called === maker || reaches(called, maker, code)))
            refuse(`line ${code.lineOf(node)} may fill it again while ${name} is read`)
    }
}

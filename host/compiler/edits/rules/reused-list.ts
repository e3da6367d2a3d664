import type { Advice } from "../../../documents/advice"
import type { Proposal } from "../edit"
import type { ProgramCode } from "../program-code"
import { refuse } from "../refusal"
import type { TextEdit } from "../text-edit"
import type { Node } from "../tree"
import { reaches } from "./call-graph"
import { nodesAt } from "./made-at"

/** Methods of a list after which nobody has the list itself. */
const OWN_METHODS = ["push", "pop", "shift", "join", "indexOf", "includes"]

/** A list that a function makes, fills and drops is made once, and emptied at each call. */
export function reusedList(advice: Advice, code: ProgramCode): Proposal {
    const made = nodesAt(advice, code, "VariableDeclaration").find(node =>
        code.elementType(code.typeOf(node)),
    )
    const maker = made && code.functionAround(made)
    if (!made || !maker || !code.is(made.name, "Identifier"))
        return refuse("no function has a list of its own there")
    const name = made.name.text!
    const copied = copiedBy(made, code)
    const statement = made.parent.parent
    if (
        !code.isConst(made) ||
        !code.is(statement, "VariableStatement") ||
        !code.is(statement.parent, "Block")
    )
        refuse(`${name} may become another list`)
    if (made.parent.declarations!.length > 1) refuse(`${name} is made beside others`)
    const element = code.typeText(made.name)
    // What is in it is there until the next call.
    if (!/^(number|string|boolean)\[\]$/.test(element))
        refuse(`what is in ${name} would be kept until the next call`)
    for (const use of code.usesOf(made)) {
        if (use === made.name || isOwnUse(use, code)) continue
        refuse(`line ${code.lineOf(use)} may keep ${name}`)
    }
    if (code.usesOf(made).some(use => code.functionAround(use) !== maker))
        refuse(`a function of its own has ${name}`)
    checkHoles(made, code)
    checkOneAtATime(maker, name, code)
    const kept = code.freshName(`${name}Kept`)
    const [indent, top] = [code.indentOf(statement), code.topStatement(maker)]
    const lines = [`const ${name} = ${kept}`, `${name}.insert(0, -${name}.length)`]
    if (copied) lines.push(`${name}.pushRange(${copied.getText()})`)
    const file = code.pathOfNode(made)
    const edits: TextEdit[] = [
        code.insertAbove(
            top,
            `/** Used again at each call. */\nconst ${kept}: ${element} = []\n\n`,
        ),
        { file, start: made.parent.getStart(), end: made.end, text: lines.join(`\n${indent}`) },
    ]
    return { title: `${name}: one list, filled again at each call`, edits }
}

/** The list that a new one is a copy of; undefined for one that begins empty. @throws Refusal for others */
function copiedBy(made: Node, code: ProgramCode): Node | undefined {
    const initial = made.initializer && code.bare(made.initializer)
    if (code.is(initial, "ArrayLiteralExpression") && initial.elements!.length === 0)
        return undefined
    const method = code.is(initial, "CallExpression") ? initial.expression : undefined
    if (
        code.is(method, "PropertyAccessExpression") &&
        method.name!.text === "slice" &&
        initial!.arguments!.length === 0 &&
        code.is(method.expression, "Identifier") &&
        code.elementType(code.typeOf(method.expression))
    )
        return method.expression
    return refuse(`${made.name!.text} begins neither empty nor as a copy of a list`)
}

function isOwnUse(use: Node, code: ProgramCode): boolean {
    const { user, value } = code.userOf(use)
    if (code.is(user, "ElementAccessExpression")) return user.expression === value
    if (code.is(user, "ForOfStatement")) return user.expression === value
    if (!code.is(user, "PropertyAccessExpression") || user.expression !== value) return false
    if (user.name!.text === "length") return code.isRead(user)
    return code.is(user.parent, "CallExpression") && OWN_METHODS.includes(user.name!.text!)
}

/** @throws Refusal when a write may leave a hole: in it there would be what a call before has put there */
function checkHoles(made: Node, code: ProgramCode): void {
    const users = code.usesOf(made).map(use => code.userOf(use).user)
    const writes = users.filter(
        user =>
            code.is(user, "ElementAccessExpression") &&
            // `[list[0], list[1]] = ...` writes, too.
            (!code.isRead(user) || code.is(user.parent, "ArrayLiteralExpression")),
    )
    const isShortened = users.some(user => /^(pop|shift)$/.test(user.name?.text ?? ""))
    for (const write of writes)
        if (isShortened || !isWithin(write.argumentExpression!, write, made, code))
            refuse(`line ${code.lineOf(write)} may write past the end of ${made.name!.text}`)
}

/** Whether loops tell that an index is one of a list's: up to its length, or down from such an index. */
function isWithin(given: Node, at: Node, list: Node, code: ProgramCode): boolean {
    const index = code.bare(given)
    if (code.is(index, "BinaryExpression") && code.is(index.operatorToken, "MinusToken"))
        return code.is(index.right, "NumericLiteral") && isWithin(index.left!, at, list, code)
    const declaration = code.is(index, "Identifier") ? code.declarationOf(index) : undefined
    const loop = declaration?.parent?.parent
    if (!declaration?.initializer || !code.is(loop, "ForStatement")) return false
    if (!loop.statement || !code.isInside(at, loop.statement)) return false
    const { condition, incrementor } = loop
    const isSteady = code
        .usesOf(declaration)
        .every(use => use === declaration.name || code.isRead(use) || use.parent === incrementor)
    if (!isSteady) return false
    const isUpTo =
        code.is(condition, "BinaryExpression") &&
        code.is(condition.operatorToken, "LessThanToken") &&
        code.declarationOf(condition.left!) === declaration &&
        code.is(condition.right, "PropertyAccessExpression") &&
        condition.right.name!.text === "length" &&
        code.declarationOf(condition.right.expression!) === list
    const isDown =
        incrementor !== undefined && incrementor.getText() === `${declaration.name!.text}--`
    return isUpTo || (isDown && isWithin(declaration.initializer, loop, list, code))
}

/** @throws Refusal when a call may begin before another one has ended */
function checkOneAtATime(maker: Node, name: string, code: ProgramCode): void {
    if ((maker.modifiers ?? []).some(one => code.is(one, "AsyncKeyword")) || maker.asteriskToken)
        refuse(`what has ${name} may wait while it is called again`)
    if (reaches(maker, maker, code)) refuse(`what has ${name} may call itself`)
    // Whatever it is given to call may lead back to it.
    if ((maker.parameters ?? []).some(one => /=>|Function/.test(code.typeText(one.name!))))
        refuse(`what has ${name} is given a function`)
    for (const node of code.all(maker.body)) {
        if (!code.is(node, "CallExpression", "NewExpression")) continue
        const called = code.declarationOf(node.expression!.name ?? node.expression!)
        const isKnown =
            called === undefined || !code.isOwn(called) || code.is(called, "FunctionDeclaration")
        if (!isKnown || (called && code.isOwn(called) && reaches(called, maker, code)))
            refuse(`line ${code.lineOf(node)} may call what has ${name} again`)
    }
}

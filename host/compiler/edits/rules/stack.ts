import type { Advice } from "../../../documents/advice"
import type { Proposal } from "../edit"
import { refuse } from "../refusal"
import { applyEdits, type TextEdit } from "../text-edit"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"
import { accessOf } from "../values/values"
import { nodesAt } from "./made-at"

/** An object that one block makes and forgets gives way to a local for each of its fields. */
export function fieldsInLocals(advice: Advice, code: ProgramCode): Proposal {
    const made = nodesAt(advice, code, "NewExpression").find(node =>
        code.is(node.parent, "VariableDeclaration"),
    )
    const variable = made?.parent
    const owner = made && code.declarationOf(made.expression!)
    if (!made || !variable || !code.is(owner, "ClassDeclaration") || !code.isOwn(owner))
        return refuse("no object of a class is made for a variable there")
    if (!code.isConst(variable) || variable.parent.declarations!.length > 1)
        refuse(`${variable.name!.getText()} may become another object`)
    const constructor = owner.members?.find(member => code.is(member, "Constructor"))
    const parameters = constructor?.parameters ?? []
    const isPlain =
        !owner.heritageClauses &&
        parameters.every(({ modifiers }) => (modifiers ?? []).length > 0) &&
        (constructor?.body?.statements?.length ?? 0) === 0
    const hasFields = (owner.members ?? []).some(member => code.is(member, "PropertyDeclaration"))
    if (!isPlain || hasFields || parameters.length !== made.arguments?.length)
        return refuse(`the constructor of ${owner.name!.text} does more than to keep its arguments`)
    const name = variable.name!.text!
    const locals = new Map(
        parameters.map(parameter => [
            parameter,
            code.freshName(name + capital(parameter.name!.text!)),
        ]),
    )
    const used = new Set<Node>()
    const edits: TextEdit[] = []
    for (const use of code.usesOf(variable)) {
        if (use === variable.name) continue
        const { user, value } = code.userOf(use)
        const where = `line ${code.lineOf(use)}`
        if (!code.is(user, "PropertyAccessExpression") || user.expression !== value)
            return refuse(`${where} does more with ${name} than to ask for a field`)
        const member = code.declarationOf(user.name!)
        const local = member && locals.get(member)
        if (local !== undefined) {
            if (!code.isRead(user)) refuse(`${where} changes ${name}`)
            used.add(member!)
            edits.push(code.replace(user, local))
        } else if (
            code.is(member, "MethodDeclaration") &&
            code.is(user.parent, "CallExpression") &&
            user.parent.expression === user
        ) {
            const text = inlined(member, locals, used, code)
            edits.push(
                code.replace(
                    user.parent,
                    code.is(
                        code.userOf(user.parent).user,
                        "ExpressionStatement",
                        "VariableDeclaration",
                    ) ||
                        (code.is(user.parent.parent, "BinaryExpression") &&
                            /Equals/.test(code.kind(user.parent.parent.operatorToken!)))
                        ? text
                        : `(${text})`,
                ),
            )
        } else return refuse(`${where} asks ${name} for ${user.name!.text}`)
    }
    const indent = code.indentOf(variable)
    const lines = parameters.flatMap((parameter, index) => {
        const value = made.arguments![index]!
        // What nobody asks for is still worked out, if that does anything.
        if (!used.has(parameter) && code.isPure(value)) return []
        return [`const ${locals.get(parameter)} = ${value.getText()}`]
    })
    edits.push(code.replace(variable.parent, lines.join(`\n${indent}`)))
    const others = code.usesOf(owner).filter(use => use !== owner.name && use !== made.expression)
    if (others.length === 0 && !code.isExported(owner)) edits.push(code.remove(owner))
    return { title: `${name}: its fields are locals, no object is made`, edits }
}

/** What a method returns, with locals in place of its object's fields. */
function inlined(
    method: Node,
    locals: ReadonlyMap<Node, string>,
    used: Set<Node>,
    code: ProgramCode,
): string {
    const [only, more] = method.body?.statements ?? []
    if (
        more ||
        !code.is(only, "ReturnStatement") ||
        !only.expression ||
        (method.parameters ?? []).length > 0
    )
        return refuse(`${method.name!.getText()} does more than to work out a value`)
    const { expression } = only
    if (!code.isPure(expression))
        refuse(`${method.name!.getText()} does more than to work out a value`)
    const edits = []
    for (const node of code.all(expression)) {
        if (!code.is(node, "ThisKeyword")) continue
        const field = code.is(node.parent, "PropertyAccessExpression")
            ? code.declarationOf(node.parent.name!)
            : undefined
        const local = field && locals.get(field)
        if (local === undefined) return refuse(`${method.name!.getText()} uses its object itself`)
        used.add(field!)
        edits.push({
            start: node.parent.getStart() - expression.getStart(),
            end: node.parent.end - expression.getStart(),
            text: local,
        })
    }
    for (const node of code.all(expression))
        if (
            code.is(node, "Identifier") &&
            node.parent.name !== node &&
            accessOf(code, node) === node
        ) {
            const declaration = code.declarationOf(node)
            if (declaration && code.isInside(declaration, method))
                refuse(`${method.name!.getText()} has variables of its own`)
        }
    return applyEdits(expression.getText(), edits)
}

function capital(name: string): string {
    return name.charAt(0).toUpperCase() + name.slice(1)
}

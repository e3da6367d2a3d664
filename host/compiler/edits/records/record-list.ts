import type { Advice } from "../../../documents/advice"
import { refuse } from "../refusal"
import { nodesAt } from "../rules/made-at"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"
import { isWrite } from "../values/values"

/** How a list comes to its elements. */
export type ListKind = "sized" | "literal" | "grown"

/** A list of objects that nobody sees but by an element, and who makes them. */
export interface RecordList {
    /** The variable that holds it. */
    list: Node
    name: string
    kind: ListKind
    /** The class, interface or type of its elements. */
    element: Node
    /** Statements that put a new object into it: what is made, and where; no place for `push`. */
    puts: { statement: Node; made: Node; index: Node | undefined }[]
    /** Functions that only return a new one. */
    makers: { maker: Node; returns: { statement: Node; made: Node }[] }[]
    /** Array literals with objects in them. */
    literals: Node[]
    /** `new Array<T>(n)`. */
    sized: Node[]
    /** `[]` with nothing in it. */
    empty: Node[]
    /** `list[i]` where an element is meant. */
    elements: Node[]
    loops: Node[]
    lengths: Node[]
}

/** The one list that the objects of an advice are in, if all that is done with it and them is simple. */
export function findRecordList(advice: Advice, code: ProgramCode): RecordList {
    const made = nodesAt(advice, code, "NewExpression", "ObjectLiteralExpression")
    const elements = [
        ...new Set(made.map(node => elementOf(node, code)).filter(node => node !== undefined)),
    ]
    const lists = [...code.all()].filter(
        node =>
            code.is(node, "VariableDeclaration") &&
            code.is(node.name, "Identifier") &&
            elements.includes(code.typeDeclaration(code.elementType(code.typeOf(node.name)))!),
    )
    const [list, another] = lists
    if (!list) return refuse("the objects are in no list that is a variable of its own")
    if (another) return refuse("the objects are in more than one list")
    const element = code.typeDeclaration(code.elementType(code.typeOf(list.name!)))!
    return new ListUses(list, element, code).found()
}

function elementOf(node: Node, code: ProgramCode): Node | undefined {
    const declaration = code.is(node, "NewExpression")
        ? code.declarationOf(node.expression!)
        : code.madeBy(node)
    return declaration && code.isOwn(declaration) ? declaration : undefined
}

class ListUses {
    private readonly result: RecordList

    constructor(
        private readonly list: Node,
        private readonly element: Node,
        private readonly code: ProgramCode,
    ) {
        this.result = {
            ...{ list, name: list.name!.text!, element, kind: "sized" },
            ...{ puts: [], makers: [], literals: [], sized: [], empty: [] },
            ...{ elements: [], loops: [], lengths: [] },
        }
    }

    found(): RecordList {
        const { code, result, list } = this
        if (code.functionAround(list)) refuse(`${result.name} is no variable of the whole program`)
        if (list.initializer) this.filled(list.initializer)
        for (const use of code.usesOf(list)) if (use !== list.name) this.used(use)
        for (const node of code.all()) if (this.isObject(node)) this.checkObject(node)
        this.checkVariables()
        const isPushed = result.puts.some(({ index }) => index === undefined)
        result.kind = isPushed ? "grown" : result.literals.length > 0 ? "literal" : "sized"
        if (result.kind !== "grown" && result.sized.length + result.literals.length !== 1)
            refuse(`${result.name} is made in more than one place`)
        if (result.kind === "grown" && (result.sized.length > 0 || result.literals.length > 0))
            refuse(`${result.name} is filled in more than one way`)
        return result
    }

    /** What the variable is set to. */
    private filled(given: Node): void {
        const { code, result } = this
        const node = code.bare(given)
        if (
            code.is(node, "NewExpression") &&
            node.expression?.text === "Array" &&
            node.arguments?.length === 1
        )
            result.sized.push(node)
        else if (code.is(node, "ArrayLiteralExpression"))
            (node.elements!.length > 0 ? result.literals : result.empty).push(node)
        else refuse(`${result.name} is set to something else in line ${code.lineOf(node)}`)
    }

    private used(use: Node): void {
        const { code, result } = this
        const { user, value } = code.userOf(use)
        const isStatement = (node: Node) => code.is(node.parent, "ExpressionStatement")
        if (code.is(user, "ImportSpecifier", "ExportSpecifier")) return
        if (code.is(user, "ElementAccessExpression") && user.expression === value) {
            const { user: above, value: target } = code.userOf(user)
            if (!code.is(above, "BinaryExpression") || above.left !== target)
                result.elements.push(user)
            else if (!code.is(above.operatorToken, "EqualsToken") || !isStatement(above))
                refuse(`line ${code.lineOf(use)} does more than to set an element`)
            else
                result.puts.push({
                    statement: above.parent,
                    made: code.bare(above.right!),
                    index: user.argumentExpression!,
                })
            return
        }
        if (
            code.is(user, "PropertyAccessExpression") &&
            user.name?.text === "length" &&
            !isWrite(code, user.name)
        ) {
            result.lengths.push(user)
            return
        }
        if (code.is(user, "PropertyAccessExpression") && user.name?.text === "push") {
            const call = user.parent
            if (
                code.is(call, "CallExpression") &&
                call.arguments?.length === 1 &&
                isStatement(call)
            ) {
                result.puts.push({
                    statement: call.parent,
                    made: code.bare(call.arguments[0]!),
                    index: undefined,
                })
                return
            }
        }
        if (
            code.is(user, "BinaryExpression") &&
            user.left === value &&
            code.is(user.operatorToken, "EqualsToken") &&
            isStatement(user)
        ) {
            this.filled(user.right!)
            return
        }
        if (code.is(user, "ForOfStatement") && user.expression === value) {
            result.loops.push(user)
            return
        }
        refuse(
            `line ${code.lineOf(use)} does something else with ${result.name}: ${user.getText().slice(0, 40)}`,
        )
    }

    /** Whether an expression stands for one of the objects. */
    private isObject(node: Node): boolean {
        const { code } = this
        if (!EXPRESSIONS.includes(code.kind(node))) return false
        if (code.is(node, "Identifier") && !isExpression(code, node)) return false
        return code.is(node, "ObjectLiteralExpression")
            ? code.madeBy(node) === this.element
            : code.typeDeclaration(code.typeOf(node)) === this.element
    }

    private checkObject(node: Node): void {
        const { code, element, result } = this
        const { user, value } = code.userOf(node)
        const where = `line ${code.lineOf(node)}`
        if (code.around(node, "TryStatement"))
            refuse(`${where} is in a try: what throws there would not any more`)
        if (code.is(node, "ThisKeyword")) return
        if (code.is(node, "BinaryExpression") && code.is(user, "ExpressionStatement")) return
        if (code.is(node, "NewExpression", "ObjectLiteralExpression")) {
            if (result.puts.some(({ made }) => made === node)) return
            if (result.literals.some(({ elements }) => elements!.includes(value))) return
            if (code.is(user, "ReturnStatement")) return this.maker(user, node)
            refuse(`an object that is made in ${where} goes elsewhere`)
        }
        if (code.is(node, "ElementAccessExpression") && !result.elements.includes(node)) {
            if (result.puts.some(({ index }) => index === node.argumentExpression)) return
            refuse(`${where} takes an object out of something else`)
        }
        if (code.is(node, "CallExpression")) {
            const called = code.declarationOf(node.expression!)
            if (!called || !code.is(called, "FunctionDeclaration") || !code.isOwn(called))
                refuse(`${where} gets an object from a call`)
            if (result.puts.some(({ made }) => made === node)) return
        }
        if (code.is(user, "PropertyAccessExpression") && user.expression === value) {
            const field = code.declarationOf(user.name!)
            if (field && field.parent !== element && field.parent?.parent !== element)
                refuse(`${where} asks an object for ${user.name!.text}`)
            return
        }
        const isFine =
            (code.is(user, "VariableDeclaration") &&
                user.initializer === value &&
                code.is(user.name, "Identifier")) ||
            (code.is(user, "BinaryExpression") && this.isPlain(user)) ||
            (code.is(user, "CallExpression") && this.isGiven(user, value)) ||
            code.is(user, "ReturnStatement") ||
            (code.is(user, "ConditionalExpression") && user.condition !== value) ||
            code.is(user, "ForOfStatement", "VariableDeclarationList")
        if (!isFine)
            refuse(`${where} does something else with an object: ${user.getText().slice(0, 40)}`)
    }

    /** `a = b`, `a === b`, both of them objects. */
    private isPlain({ left, right, operatorToken }: Node): boolean {
        return (
            this.code.is(
                operatorToken,
                "EqualsToken",
                "EqualsEqualsEqualsToken",
                "ExclamationEqualsEqualsToken",
            ) &&
            this.isObject(this.code.bare(left!)) &&
            this.isObject(this.code.bare(right!))
        )
    }

    /** Whether an object goes to a function of the program that takes one. */
    private isGiven(call: Node, value: Node): boolean {
        const { code } = this
        const index = (call.arguments ?? []).indexOf(value)
        const called = code.declarationOf(call.expression!)
        if (index < 0 || !code.is(called, "FunctionDeclaration") || !code.isOwn(called))
            return false
        const parameter = called.parameters?.[index]
        return (
            parameter?.name !== undefined &&
            !parameter.dotDotDotToken &&
            code.typeDeclaration(code.typeOf(parameter.name)) === this.element
        )
    }

    private maker(statement: Node, made: Node): void {
        const { code, result } = this
        const maker = code.functionAround(statement)!
        if (!code.is(maker, "FunctionDeclaration") || !maker.name)
            refuse("a function without a name makes the objects")
        const calls = code.usesOf(maker).filter(use => use !== maker.name)
        if (!calls.every(use => result.puts.some(put => put.made === use.parent)))
            refuse(`what ${maker.name!.text} makes is used before it is in the list`)
        if (maker.getSourceFile() !== this.list.getSourceFile())
            refuse(`${maker.name!.text} is in another file than the list`)
        const known = result.makers.find(one => one.maker === maker)
        if (known) known.returns.push({ statement, made })
        else result.makers.push({ maker, returns: [{ statement, made }] })
    }

    /** Nothing that is to be an object may be undefined. */
    private checkVariables(): void {
        const { code, element } = this
        for (const node of code.all()) {
            if (
                code.is(node, "VariableDeclaration") &&
                node !== this.list &&
                code.is(node.name, "Identifier")
            ) {
                if (code.typeDeclaration(code.typeOf(node.name)) !== element) continue
                if (code.is(node.parent.parent, "ForOfStatement")) continue
                if (!node.initializer || !this.isObject(code.bare(node.initializer)))
                    refuse(`${node.name.text} in line ${code.lineOf(node)} may be no object`)
            }
            if (code.is(node, "Parameter") && code.is(node.name, "Identifier")) {
                if (code.typeDeclaration(code.typeOf(node.name)) !== element) continue
                const called = node.parent
                if (
                    node.initializer ||
                    node.questionToken ||
                    !code.is(called, "FunctionDeclaration")
                )
                    refuse(`${node.name.text} in line ${code.lineOf(node)} may be no object`)
                const index = called.parameters!.indexOf(node)
                for (const use of code.usesOf(called)) {
                    if (use === called.name || code.is(use.parent, "ImportSpecifier")) continue
                    const given = code.is(use.parent, "CallExpression")
                        ? use.parent.arguments?.[index]
                        : undefined
                    if (!given || !this.isObject(code.bare(given)))
                        refuse(`line ${code.lineOf(use)} may hand on what is no object`)
                }
            }
            if (code.is(node, "ReturnStatement")) {
                const around = code.functionAround(node)
                if (!around?.type || code.typeDeclaration(code.typeOf(around.type)) !== element)
                    continue
                if (!node.expression || !this.isObject(code.bare(node.expression)))
                    refuse(`line ${code.lineOf(node)} may return what is no object`)
            }
        }
    }
}

const EXPRESSIONS = [
    ...["Identifier", "PropertyAccessExpression", "ElementAccessExpression", "CallExpression"],
    ...["NewExpression", "ObjectLiteralExpression", "ConditionalExpression", "ThisKeyword"],
    ...["AwaitExpression", "BinaryExpression", "AsExpression"],
]

/** Whether a name stands for its value, not for a declaration, a type or a member. */
function isExpression(code: ProgramCode, node: Node): boolean {
    const { parent } = node
    if (code.is(parent, "NewExpression") && parent.expression === node) return false
    if (
        parent.name === node ||
        code.is(parent, "TypeReference", "ImportSpecifier", "ExportSpecifier")
    )
        return false
    if (code.is(parent, "ShorthandPropertyAssignment")) return true
    return !code.is(parent, "ImportClause", "LabeledStatement", "ExpressionWithTypeArguments")
}

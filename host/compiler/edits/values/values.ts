import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"
import * as value from "./value"
import { calculate, join, numbers, type Value } from "./value"

/** Rounds after which a bound that still moves is taken for one that never stops. */
const PATIENCE = 4
const MAX_ROUNDS = 40
/** Declarations looked at for one question: more are nobody's small program. */
const MAX_DECLARATIONS = 500

const ASSIGNMENTS: Readonly<Record<string, string>> = {
    ...{ PlusEqualsToken: "+", MinusEqualsToken: "-", AsteriskEqualsToken: "*" },
    ...{ SlashEqualsToken: "/", PercentEqualsToken: "%", AmpersandEqualsToken: "&" },
    ...{ BarEqualsToken: "|", CaretEqualsToken: "^", LessThanLessThanEqualsToken: "<<" },
    GreaterThanGreaterThanEqualsToken: ">>",
}
const OPERATORS: Readonly<Record<string, string>> = {
    ...{ PlusToken: "+", MinusToken: "-", AsteriskToken: "*", SlashToken: "/" },
    ...{ PercentToken: "%", AmpersandToken: "&", BarToken: "|", CaretToken: "^" },
    ...{ LessThanLessThanToken: "<<", GreaterThanGreaterThanToken: ">>" },
    GreaterThanGreaterThanGreaterThanToken: ">>>",
}
const COMPARISONS = [
    ...["EqualsEqualsToken", "EqualsEqualsEqualsToken", "ExclamationEqualsToken"],
    ...["ExclamationEqualsEqualsToken", "LessThanToken", "LessThanEqualsToken"],
    ...["GreaterThanToken", "GreaterThanEqualsToken", "InstanceOfKeyword"],
]

/**
 * What values the program's text lets its expressions have: ranges of numbers, sets of texts. It follows
 * every assignment and every call that there is, whatever is true when, and takes what it cannot follow
 * for anything at all.
 */
export class Values {
    private known = new Map<Node, Value>()

    constructor(private readonly code: ProgramCode) {}

    of(expression: Node): Value {
        for (let round = 0; round < MAX_ROUNDS; round++) {
            const result = this.evaluate(expression)
            let isStable = true
            // What is found on the way is looked at, too.
            for (const [declaration, before] of this.known) {
                if (this.known.size > MAX_DECLARATIONS) return value.UNKNOWN
                const joined = join(before, this.assigned(declaration))
                if (value.isSame(before, joined)) continue
                isStable = false
                this.known.set(declaration, round < PATIENCE ? joined : value.widen(before, joined))
            }
            if (isStable) return result
        }
        this.known = new Map()
        return value.UNKNOWN
    }

    /** What a field, a variable or a parameter can be. */
    ofDeclaration(declaration: Node): Value {
        this.valueOf(declaration)
        const name = declaration.name
        return name ? this.of(name) : value.UNKNOWN
    }

    private valueOf(declaration: Node): Value {
        const known = this.known.get(declaration)
        if (known) return known
        this.known.set(declaration, value.NOTHING)
        return value.NOTHING
    }

    private evaluate(given: Node): Value {
        const { code } = this
        const node = code.bare(given)
        switch (code.kind(node)) {
            case "NumericLiteral":
                return numbers(
                    Number(node.text),
                    Number(node.text),
                    Number.isInteger(Number(node.text)),
                )
            case "StringLiteral":
            case "NoSubstitutionTemplateLiteral":
                return value.text(node.text ?? "")
            case "TrueKeyword":
            case "FalseKeyword":
                return value.BOOLEAN
            case "Identifier":
            case "PropertyAccessExpression":
                return this.named(node)
            case "PrefixUnaryExpression":
                return this.prefixed(node)
            case "PostfixUnaryExpression":
                return this.evaluate(node.operand!)
            case "ConditionalExpression":
                return join(this.evaluate(node.whenTrue!), this.evaluate(node.whenFalse!))
            case "BinaryExpression":
                return this.binary(node)
            case "CallExpression":
                return this.called(node)
            case "ElementAccessExpression":
                return code.typeOf(node.expression!).symbol?.escapedName === "Buffer"
                    ? numbers(0, 255)
                    : value.UNKNOWN
            default:
                return value.UNKNOWN
        }
    }

    private named(node: Node): Value {
        const { code } = this
        if (node.name?.text === "length") return value.LENGTH
        const declaration = code.declarationOf(node.name ?? node)
        if (!declaration || !code.isOwn(declaration)) return value.UNKNOWN
        if (code.is(declaration, "EnumMember"))
            return declaration.initializer ? this.evaluate(declaration.initializer) : value.UNKNOWN
        return this.valueOf(declaration)
    }

    private prefixed(node: Node): Value {
        const operator = this.code.kind({ kind: node.operator! } as Node)
        const of = this.evaluate(node.operand!)
        if (operator === "ExclamationToken") return value.BOOLEAN
        if (operator === "MinusToken") return calculate("-", numbers(0, 0), of)
        if (operator === "TildeToken") return numbers(-(2 ** 31), 2 ** 31 - 1)
        if (operator === "PlusPlusToken") return calculate("+", of, numbers(1, 1))
        if (operator === "MinusMinusToken") return calculate("-", of, numbers(1, 1))
        return value.ANY_NUMBER
    }

    private binary(node: Node): Value {
        const { code } = this
        const operator = code.kind(node.operatorToken!)
        if (COMPARISONS.includes(operator)) return value.BOOLEAN
        const [left, right] = [node.left!, node.right!]
        if (operator === "EqualsToken") return this.evaluate(right)
        if (operator === "AmpersandAmpersandToken" || operator === "BarBarToken")
            return join(this.evaluate(left), this.evaluate(right))
        const sign = OPERATORS[operator] ?? ASSIGNMENTS[operator]
        if (sign === undefined) return value.UNKNOWN
        const [a, b] = [this.evaluate(left), this.evaluate(right)]
        // Nothing is known of a name before its first round.
        if (isNothing(a) || isNothing(b)) return value.NOTHING
        if (sign === "+" && !(value.onlyNumbers(a) && value.onlyNumbers(b))) return value.UNKNOWN
        return calculate(sign, a, b)
    }

    private called(node: Node): Value {
        const { code } = this
        const callee = node.expression!
        const args = node.arguments ?? []
        if (callee.name && callee.expression?.getText() === "Math")
            return this.math(callee.name.text ?? "", args)
        const declaration = code.declarationOf(callee.name ?? callee)
        if (!declaration || !code.isOwn(declaration)) return value.UNKNOWN
        const returned = returnsOf(code, declaration)
        if (!returned) return value.UNKNOWN
        return returned.map(one => this.evaluate(one)).reduce(join, value.NOTHING)
    }

    private math(name: string, args: readonly Node[]): Value {
        const given = args.map(one => this.evaluate(one))
        if (given.some(isNothing)) return value.NOTHING
        const [a, b] = given.map(value.onlyNumbers)
        if (!a) return value.ANY_NUMBER
        if (name === "floor" || name === "trunc") return numbers(Math.floor(a.lo), Math.floor(a.hi))
        if (name === "ceil") return numbers(Math.ceil(a.lo), Math.ceil(a.hi))
        if (name === "round") return numbers(Math.round(a.lo), Math.round(a.hi))
        if (name === "abs")
            return numbers(a.lo > 0 ? a.lo : 0, Math.max(Math.abs(a.lo), Math.abs(a.hi)), a.isWhole)
        if (!b) return value.ANY_NUMBER
        const isWhole = a.isWhole && b.isWhole
        if (name === "min") return numbers(Math.min(a.lo, b.lo), Math.min(a.hi, b.hi), isWhole)
        if (name === "max") return numbers(Math.max(a.lo, b.lo), Math.max(a.hi, b.hi), isWhole)
        if (name === "idiv" && a.lo >= 0 && b.lo > 0)
            return numbers(Math.floor(a.lo / b.hi), Math.floor(a.hi / b.lo))
        return value.ANY_NUMBER
    }

    /** All that is ever put into what is declared, by what is known so far. */
    private assigned(declaration: Node): Value {
        const { code } = this
        switch (code.kind(declaration)) {
            case "VariableDeclaration":
                return this.variable(declaration)
            case "Parameter":
                return this.parameter(declaration)
            case "PropertySignature":
            case "PropertyDeclaration":
                return this.field(declaration)
            default:
                return value.UNKNOWN
        }
    }

    private variable(declaration: Node): Value {
        const { code } = this
        if (!code.is(declaration.name, "Identifier")) return value.UNKNOWN
        const loop = declaration.parent.parent
        if (code.is(loop, "ForOfStatement", "ForInStatement", "CatchClause")) return value.UNKNOWN
        if (code.is(loop, "ForStatement")) {
            const counted = this.counted(declaration, loop)
            if (counted) return counted
        }
        const first = declaration.initializer
            ? this.evaluate(declaration.initializer)
            : value.UNKNOWN
        return join(first, this.writes(declaration))
    }

    /** What a loop counts through: `for (let i = from; i < to; i += step)`, and nobody else changes it. */
    private counted(declaration: Node, loop: Node): Value | undefined {
        const { code } = this
        const { condition, incrementor } = loop
        if (!declaration.initializer || !code.is(condition, "BinaryExpression") || !incrementor)
            return undefined
        const writes = code.usesOf(declaration).filter(use => isWrite(code, use))
        if (writes.length !== 1 || !code.isInside(writes[0]!, incrementor)) return undefined
        if (code.declarationOf(condition.left!) !== declaration) return undefined
        const start = this.evaluate(declaration.initializer)
        const end = this.evaluate(condition.right!)
        if (isNothing(start) || isNothing(end)) return value.NOTHING
        const [from, to] = [value.onlyNumbers(start), value.onlyNumbers(end)]
        const step = this.stepOf(incrementor)
        if (!from || !to || !step || !from.isWhole || !step.isWhole) return undefined
        const operator = code.kind(condition.operatorToken!)
        const last = Math.ceil(to.hi) - 1
        if (step.lo >= 0 && operator === "LessThanToken")
            return numbers(from.lo, Math.max(from.lo, last))
        if (step.lo >= 0 && operator === "LessThanEqualsToken")
            return numbers(from.lo, Math.max(from.lo, Math.floor(to.hi)))
        const least = Math.floor(to.lo) + 1
        if (step.hi <= 0 && operator === "GreaterThanToken")
            return numbers(Math.min(from.hi, least), from.hi)
        if (step.hi <= 0 && operator === "GreaterThanEqualsToken")
            return numbers(Math.min(from.hi, Math.ceil(to.lo)), from.hi)
        return undefined
    }

    private stepOf(incrementor: Node): Value["numbers"] {
        const { code } = this
        if (code.is(incrementor, "PostfixUnaryExpression", "PrefixUnaryExpression")) {
            const isUp = code.kind({ kind: incrementor.operator! } as Node) === "PlusPlusToken"
            return isUp ? { lo: 1, hi: 1, isWhole: true } : { lo: -1, hi: -1, isWhole: true }
        }
        if (!code.is(incrementor, "BinaryExpression")) return undefined
        const by = value.onlyNumbers(this.evaluate(incrementor.right!))
        const operator = code.kind(incrementor.operatorToken!)
        if (!by) return undefined
        if (operator === "PlusEqualsToken") return by
        if (operator === "MinusEqualsToken") return { ...by, lo: -by.hi, hi: -by.lo }
        return undefined
    }

    private parameter(declaration: Node): Value {
        const { code } = this
        if (declaration.dotDotDotToken || !code.is(declaration.name, "Identifier"))
            return value.UNKNOWN
        const calls = callsOf(code, declaration.parent)
        if (!calls) return value.UNKNOWN
        const index = declaration.parent.parameters!.indexOf(declaration)
        let all = this.writes(declaration)
        for (const { arguments: args = [] } of calls) {
            if (args.some(arg => code.is(arg, "SpreadElement"))) return value.UNKNOWN
            const given = args[index] ?? declaration.initializer
            all = join(all, given ? this.evaluate(given) : value.UNKNOWN)
        }
        return all
    }

    private field(declaration: Node): Value {
        const { code } = this
        const owner = declaration.parent
        let all = this.writes(declaration)
        if (declaration.initializer) all = join(all, this.evaluate(declaration.initializer))
        for (const literal of code.literalsOf(owner)) {
            const written = code.fieldIn(literal, declaration.name!.getText())
            all = join(all, written ? this.evaluate(written) : value.UNKNOWN)
        }
        return all
    }

    /** What is assigned to a name wherever it stands. */
    private writes(declaration: Node): Value {
        const { code } = this
        let all = value.NOTHING
        for (const use of code.usesOf(declaration)) {
            if (!isWrite(code, use)) continue
            const target = accessOf(code, use)
            const { user } = code.userOf(target)
            if (code.is(user, "BinaryExpression")) all = join(all, this.evaluate(user))
            else if (code.is(user, "PrefixUnaryExpression", "PostfixUnaryExpression")) {
                const isUp = code.kind({ kind: user.operator! } as Node) === "PlusPlusToken"
                const before = this.evaluate(target)
                if (!isNothing(before))
                    all = join(all, calculate(isUp ? "+" : "-", before, numbers(1, 1)))
            } else all = value.UNKNOWN
        }
        return all
    }
}

function isNothing(of: Value): boolean {
    return !of.numbers && !of.texts && !of.isBoolean && !of.isUnknown
}

/** The expression that names a field or a variable: `a.b` for its `b`. */
export function accessOf(code: ProgramCode, use: Node): Node {
    return code.is(use.parent, "PropertyAccessExpression") && use.parent.name === use
        ? use.parent
        : use
}

/** Whether a use of a name changes what it stands for. */
export function isWrite(code: ProgramCode, use: Node): boolean {
    const { user, value: target } = code.userOf(accessOf(code, use))
    if (code.is(user, "BinaryExpression") && user.left === target)
        return (
            code.is(user.operatorToken, "EqualsToken", ...Object.keys(ASSIGNMENTS)) ||
            (code.kind(user.operatorToken!).endsWith("EqualsToken") &&
                !COMPARISONS.includes(code.kind(user.operatorToken!)))
        )
    if (code.is(user, "PrefixUnaryExpression", "PostfixUnaryExpression"))
        return /^(PlusPlus|MinusMinus)Token$/.test(code.kind({ kind: user.operator! } as Node))
    // A pattern that it is the target of, or a loop over it without a declaration.
    return (
        code.is(user, "ArrayLiteralExpression", "ShorthandPropertyAssignment") &&
        code.is(user.parent?.parent, "BinaryExpression") &&
        user.parent.parent.left === user.parent
    )
}

/**
 * All calls of a function, a method or a constructor; undefined when it may be called in other ways: it is
 * handed on as a value.
 */
export function callsOf(code: ProgramCode, declaration: Node): readonly Node[] | undefined {
    const named = code.is(declaration, "Constructor") ? declaration.parent : declaration
    const isNamed = code.is(named, "FunctionDeclaration", "MethodDeclaration", "ClassDeclaration")
    const holder = isNamed
        ? named
        : code.is(named.parent, "VariableDeclaration") && code.isConst(named.parent)
          ? named.parent
          : undefined
    if (!holder?.name) return undefined
    const calls: Node[] = []
    for (const use of code.usesOf(holder)) {
        if (use === holder.name || code.is(use.parent, "ImportSpecifier", "ExportSpecifier"))
            continue
        const callee = accessOf(code, use)
        const { user, value: called } = code.userOf(callee)
        if (code.is(user, "CallExpression", "NewExpression") && user.expression === called)
            calls.push(user)
        else if (!code.is(user, "TypeReference")) return undefined
    }
    return calls
}

/** The expressions that a function can return; undefined when that may be something else. */
export function returnsOf(code: ProgramCode, declaration: Node): Node[] | undefined {
    const of = code.is(declaration, "VariableDeclaration") ? declaration.initializer : declaration
    if (!of || !code.isFunction(of) || !of.body || of.asteriskToken) return undefined
    if ((of.modifiers ?? []).some(modifier => code.is(modifier, "AsyncKeyword"))) return undefined
    if (!code.is(of.body, "Block")) return [of.body]
    const last = of.body.statements?.at(-1)
    if (!code.is(last, "ReturnStatement")) return undefined
    const returns = [...code.all(of.body)].filter(
        node => code.is(node, "ReturnStatement") && code.functionAround(node) === of,
    )
    const values = returns.flatMap(({ expression }) => (expression ? [expression] : []))
    return values.length === returns.length ? values : undefined
}

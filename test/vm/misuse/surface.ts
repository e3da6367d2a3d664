import ts from "typescript"
import { fromRoot } from "../harness"

/** What a parameter takes, as its type says. */
export type Kind = "number" | "string" | "boolean" | "function" | "object" | "anything"

export interface Parameter {
    name: string
    kind: Kind
    /** May be left out, or be undefined. */
    optional: boolean
}

/** Something that a user of the library can call. */
export interface Callable {
    /** The class, where it is a constructor or a method. */
    owner?: string
    /** Its name; `constructor` of a constructor. */
    name: string
    parameters: Parameter[]
    /** Whether it says something to whoever calls it. */
    returns: boolean
}

/** All that can be called of what `src/index.ts` exports, read from the declarations by the compiler. */
export function surface(): Callable[] {
    const index = fromRoot("src", "index.ts")
    // Nothing of Node's or of a browser's is in the declarations but a Buffer, and that it is an object is all.
    const program = ts.createProgram([index, fromRoot("src", "board-buffer.d.ts")], {
        strict: true,
        noEmit: true,
        target: ts.ScriptTarget.ES2022,
        lib: ["lib.es2022.d.ts"],
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        module: ts.ModuleKind.ESNext,
        types: [],
    })
    const checker = program.getTypeChecker()
    const exported = checker.getExportsOfModule(
        checker.getSymbolAtLocation(program.getSourceFile(index)!)!,
    )
    return exported
        .map(symbol =>
            symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
        )
        .flatMap(symbol => {
            const [declaration] = symbol.declarations ?? []
            if (!declaration) return []
            if (ts.isFunctionDeclaration(declaration))
                return [callable(symbol.name, declaration, checker)]
            return ts.isClassDeclaration(declaration) ? methodsOf(declaration, checker) : []
        })
}

function methodsOf(declaration: ts.ClassDeclaration, checker: ts.TypeChecker): Callable[] {
    const owner = declaration.name!.text
    return declaration.members.flatMap(member => {
        if (ts.isConstructorDeclaration(member))
            return [callable("constructor", member, checker, owner)]
        if (!ts.isMethodDeclaration(member)) return []
        if (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) return []
        return [callable(member.name.getText(), member, checker, owner)]
    })
}

function callable(
    name: string,
    declaration: ts.SignatureDeclaration,
    checker: ts.TypeChecker,
    owner?: string,
): Callable {
    const signature = checker.getSignatureFromDeclaration(declaration)!
    const returns = !(checker.getReturnTypeOfSignature(signature).flags & ts.TypeFlags.Void)
    return {
        ...(owner !== undefined && { owner }),
        name,
        returns,
        parameters: parametersOf(declaration, checker),
    }
}

function parametersOf(
    declaration: ts.SignatureDeclarationBase,
    checker: ts.TypeChecker,
): Parameter[] {
    return declaration.parameters.map(parameter => ({
        name: parameter.name.getText(),
        kind: kindOf(checker.getTypeAtLocation(parameter), checker),
        optional: parameter.initializer !== undefined || parameter.questionToken !== undefined,
    }))
}

function kindOf(type: ts.Type, checker: ts.TypeChecker): Kind {
    // A type that the caller chooses: a number or an object if it says so, else whatever there is.
    const bound = type.flags & ts.TypeFlags.TypeParameter && checker.getBaseConstraintOfType(type)
    if (bound !== 0)
        return bound && bound.flags & ts.TypeFlags.Number
            ? "number"
            : bound && bound.flags & ts.TypeFlags.NonPrimitive
              ? "object"
              : "anything"
    const plain = checker.getNonNullableType(type)
    if (plain.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) return "anything"
    if (plain.isUnion() && !plain.types.every(each => each.flags & ts.TypeFlags.BooleanLike))
        return "object"
    if (plain.flags & ts.TypeFlags.NumberLike || isBranded(plain)) return "number"
    if (plain.flags & ts.TypeFlags.StringLike) return "string"
    if (plain.flags & ts.TypeFlags.BooleanLike) return "boolean"
    return plain.getCallSignatures().length > 0 ? "function" : "object"
}

/** `number & { __type }`: a number that only the compiler tells from others. */
function isBranded(type: ts.Type): boolean {
    return (
        type.isIntersection() && type.types.some(each => (each.flags & ts.TypeFlags.Number) !== 0)
    )
}

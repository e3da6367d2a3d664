import type { SourceFile, TsChecker, TsProgram, TypeScript } from "./official-compiler"

type Files = readonly (SourceFile | undefined)[]

/**
 * TypeScript's checker from one program to the next: most of what it finds out is about DeviceScript's own
 * libraries. It serves programs that add nothing but modules to what it knows, and change none of that.
 */
export class KeptChecker {
    private program: TsProgram | undefined
    private checker: TsChecker | undefined
    /** All files that it has seen, and where their imports lead. */
    private readonly imports = new Map<SourceFile, Files>()

    /** @param shared the files of a program that everything else of it feels, imported or not */
    constructor(private readonly shared: Files) {}

    /** Whether it can serve a program that shares these. */
    isFor(shared: Files): boolean {
        return isSame(this.shared, shared)
    }

    /**
     * Files that it has seen and that mean something else now, since what they import has changed. It
     * knows a file by its tree, so they have to be parsed again.
     */
    changedFiles(program: TsProgram): ReadonlySet<SourceFile> {
        const files = program.getSourceFiles().filter(file => this.imports.has(file))
        const changed = new Set<SourceFile>()
        for (let before = -1; before < changed.size;) {
            before = changed.size
            for (const file of files) {
                const imports = importsOf(program, file)
                if (
                    !isSame(imports, this.imports.get(file) ?? []) ||
                    imports.some(target => target !== undefined && changed.has(target))
                )
                    changed.add(file)
            }
        }
        return changed
    }

    /** Makes it the checker of a program. */
    serve(ts: TypeScript, program: TsProgram): void {
        this.program = program
        for (const file of program.getSourceFiles()) {
            if (!this.imports.has(file)) this.imports.set(file, importsOf(program, file))
        }
        const create = ts.default.createTypeChecker
        ts.default.createTypeChecker = () => {
            // A new one does so itself.
            for (const file of program.getSourceFiles())
                ts.bindSourceFile(file, program.getCompilerOptions())
            return (this.checker ??= remember(create(this.currentProgram())))
        }
        try {
            program.getTypeChecker()
        } finally {
            ts.default.createTypeChecker = create
        }
    }

    /** What a checker takes for its program: the one that it serves. */
    private currentProgram(): TsProgram {
        return new Proxy({} as TsProgram, {
            get: (_, name) => Reflect.get(this.program ?? {}, name) as unknown,
        })
    }
}

/** A checker that answers the compiler's commonest questions once: it asks for each use of a name. */
function remember(checker: TsChecker): TsChecker {
    const { getTypeAtLocation, getSymbolAtLocation, getFullyQualifiedName } = checker
    return Object.assign(checker, {
        getTypeAtLocation: once(getTypeAtLocation),
        getSymbolAtLocation: once(getSymbolAtLocation),
        getFullyQualifiedName: once(getFullyQualifiedName),
    })
}

function once<T>(ask: (about: object) => T): (about: object) => T {
    const answers = new Map<object, T>()
    return about => {
        if (!answers.has(about)) answers.set(about, ask(about))
        return answers.get(about) as T
    }
}

function importsOf(program: TsProgram, file: SourceFile): Files {
    const targets: (SourceFile | undefined)[] = []
    file.resolvedModules?.forEach(resolved =>
        targets.push(resolved && program.getSourceFile(resolved.resolvedFileName)),
    )
    return targets
}

function isSame(a: Files, b: Files): boolean {
    return a.length === b.length && a.every((file, index) => file === b[index])
}

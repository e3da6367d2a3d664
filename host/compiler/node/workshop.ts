import { resolve } from "node:path"
import { parseDebugInfo } from "../../model/program/debug-info"
import type { Program } from "../../model/program/program"
import { compileProject } from "../compile-project"
import { ProgramCode } from "../edits/program-code"
import type { FileNode, TreeChecker, TreeTools } from "../edits/tree"
import { KeptTrees } from "../kept-trees"
import type { TsProgram, TsProgramOptions, TypeScript } from "../official-compiler"
import { CompileError } from "./compile-error"
import { DiskFiles } from "./disk-files"
import { loadCompiler, type LoadedCompiler } from "./load-compiler"

/** A program as it was compiled, with the sources that its names lead to. */
export interface Workpiece {
    program: Program
    code: ProgramCode
    /** Texts of the files that may be edited, by absolute path. */
    texts: ReadonlyMap<string, string>
}

/** Trees that also tell which program was made of them last. */
class TreesOfLast extends KeptTrees {
    last: TsProgram | undefined

    override create(...given: Parameters<KeptTrees["create"]>): TsProgram {
        return (this.last = super.create(...given))
    }

    override createExactly(
        ts: TypeScript,
        options: TsProgramOptions,
        isLibrary: (name: string) => boolean,
    ): TsProgram {
        return (this.last = super.createExactly(ts, options, isLibrary))
    }
}

/** One for the whole process: what it has found out about the libraries serves all programs. */
let loaded: LoadedCompiler | undefined
const trees = new TreesOfLast()

/**
 * Compiles one program again and again, with other texts in place of its files, and keeps what TypeScript
 * knows of it. The compiler is loaded into this very thread: nothing else goes on while it compiles.
 */
export class Workshop {
    /**
     * @param project absolute path of its folder
     * @param entry path of the program from there
     * @param program as it was built: what the project says of it stays
     */
    constructor(
        private readonly project: string,
        private readonly entry: string,
        private readonly program: Program,
    ) {}

    /**
     * @param instead texts to read in place of files, by absolute path
     * @throws CompileError with the first of what the compiler says
     */
    async compile(instead: ReadonlyMap<string, string>): Promise<Workpiece> {
        const { compiler, keepCode } = (loaded ??= loadCompiler())
        const files = new DiskFiles(this.project, Object.fromEntries(instead))
        const result = await compileProject(
            compiler,
            trees,
            files,
            this.entry,
            () => import("jacdac-ts") as never,
        )
        keepCode()
        const { success, bytecode, debugJson, diagnostics } = result
        if (!success || !bytecode || debugJson === undefined) {
            const wrong = diagnostics.find(({ category }) => category === 1) ?? diagnostics[0]
            throw new CompileError(
                wrong
                    ? `${wrong.filename}:${wrong.line}: ${plain(wrong.text)}`
                    : "It does not compile.",
            )
        }
        const debug = parseDebugInfo(debugJson, "The compiler's debug information")
        const own = this.ownFiles()
        return {
            program: { ...this.program, bytecode, debug },
            code: new ProgramCode({
                tools: compiler.typescript as unknown as TreeTools,
                checker: trees.last!.getTypeChecker() as unknown as TreeChecker,
                files: own,
            }),
            texts: new Map([...own].map(([path, { text }]) => [path, text])),
        }
    }

    /** Sources of the project's own: what it has from elsewhere is not for it to edit. */
    private ownFiles(): Map<string, FileNode> {
        const files = new Map<string, FileNode>()
        for (const file of trees.last?.getSourceFiles() ?? []) {
            const { fileName, isDeclarationFile } = file
            const path = resolve(this.project, fileName)
            const isOutside =
                !path.startsWith(this.project) ||
                /[\\/](node_modules|\.devicescript)[\\/]/.test(path)
            if (!isDeclarationFile && !isOutside) files.set(path, file as unknown as FileNode)
        }
        return files
    }
}

/** The first line of a message without its colours. */
function plain(text: string): string {
    // oxlint-disable-next-line no-control-regex
    const [first = ""] = text.replace(/\x1b\[[0-9;]*m/g, "").split("\n")
    return first.replace(/^.*? - /, "")
}

import type { ServiceTools } from "../build-config"
import { compileProject, type CompileResult } from "../compile-project"
import type { KeptTrees } from "../kept-trees"
import type { OfficialCompiler } from "../official-compiler"
import { DiskFiles, type InputFacts } from "./disk-files"

/** One compile, as a compiler apart from who asks is told of it. */
export interface CompileRequest {
    /** Absolute path. */
    project: string
    /** Path of the program from there. */
    entry: string
    /** Texts to read in place of files, by absolute path. */
    instead?: Readonly<Record<string, string>>
    /** What is wrong is wanted soon, rather than in the official order. */
    isDraft?: boolean
}

/** What it answers. */
export type CompileReply = { failure: string } | (CompileResult & { inputs: InputFacts })

/** Compiles what a request asks for. It never rejects: what went wrong is its answer. */
export async function answerRequest(
    compiler: OfficialCompiler,
    trees: KeptTrees,
    { project, entry, instead, isDraft }: CompileRequest,
    loadTools: () => Promise<ServiceTools>,
): Promise<CompileReply> {
    const files = new DiskFiles(project, instead)
    try {
        const result = await compileProject(compiler, trees, files, entry, loadTools, isDraft)
        return { ...result, inputs: files.inputs }
    } catch (error) {
        return { failure: (error as Error).message }
    }
}

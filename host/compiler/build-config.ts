import type {
    BoardSpec,
    BuildConfig,
    CompilerDiagnostic,
    LocalConfig,
    OfficialCompiler,
    ServiceSpec,
} from "./official-compiler"
import type { ProjectFiles } from "./project-files"

/** The official tools for services of one's own: they come with `jacdac-ts`, and few projects need them. */
export interface ServiceTools {
    parseServiceSpecificationMarkdownToJSON(
        text: string,
        includes: Record<string, ServiceSpec>,
        file: string,
    ): ServiceSpec
    converters(): { ts(spec: ServiceSpec): string }
}

/** What a project says of itself, its boards and its services. */
export interface ProjectConfig {
    config: BuildConfig
    /** What is wrong with it. */
    errors: CompilerDiagnostic[]
    /** Text of `.devicescript/ts/constants.ts`, which a program may import. */
    constants: string
}

/** Product ids of DeviceScript boards begin with this digit (the compiler's `validateBoard`). */
const PRODUCT_ID = 0x30000000
const PRODUCT_ID_MASK = 0xf0000000

/**
 * Reads `package.json`, `boards/*.board.json` and `services/*.md` of a project as `devs build` does
 * (`buildConfigFromDir` of its `build.ts`) outside a git checkout: inside one, it puts the commit and
 * even the minute of the build into the bytecode, and the same sources must give the same bytes.
 * @param entry path of the program from the project's folder
 * @throws Error naming `package.json` or `devsconfig.json` when it holds no object
 */
export async function readProjectConfig(
    compiler: OfficialCompiler,
    files: ProjectFiles,
    entry: string,
    loadTools: () => Promise<ServiceTools>,
): Promise<ProjectConfig> {
    const local: LocalConfig = { hwInfo: {}, addServices: [], addBoards: [] }
    const errors: CompilerDiagnostic[] = []
    // The compiler takes nothing from it; but it is what makes a folder a project, and a slip in it is one.
    readObject(compiler, files, "devsconfig.json")
    nameProgram(compiler, files, entry, local)
    const services = files.list("services").filter(name => /\.md$/i.test(name))
    const own = services.filter(name => !/README\.md$/i.test(name))
    const tools = own.length > 0 ? await loadTools() : undefined
    if (tools) readServices(compiler, files, own, tools, local, errors)
    readBoards(compiler, files, local, errors)
    const config = compiler.resolveBuildConfig(local)
    const custom = config.services.filter(({ catalog }) => catalog !== undefined)
    const constants = tools ? custom.map(spec => tools.converters().ts(spec) + "\n").join("") : ""
    return { config, errors, constants }
}

function nameProgram(
    compiler: OfficialCompiler,
    files: ProjectFiles,
    entry: string,
    local: LocalConfig,
): void {
    const manifest = readObject(compiler, files, "package.json") as { name?: string } | undefined
    if (manifest) {
        local.pkgJson = manifest
        local.hwInfo["@name"] = manifest.name ?? "(no name)"
    }
    const program = entry
        .replace(/^src[/\\]/, "")
        .replace(/^main/, "")
        .replace(/.ts$/, "")
    if (!program) return
    const name = local.hwInfo["@name"]
    local.hwInfo["@name"] = name ? `${name} ${program}` : program
}

/** @throws Error naming the file when it is there and holds no object */
function readObject(compiler: OfficialCompiler, files: ProjectFiles, name: string): unknown {
    const text = files.read(name)
    if (text === undefined) return undefined
    let value: unknown
    try {
        value = compiler.parseJSON5(text)
    } catch (error) {
        throw new Error(`${name}: ${(error as Error).message}`, { cause: error })
    }
    if (typeof value !== "object" || value === null || Array.isArray(value))
        throw new Error(`${name}: it must hold an object, as {} is one`)
    return value
}

function readServices(
    compiler: OfficialCompiler,
    files: ProjectFiles,
    names: readonly string[],
    tools: ServiceTools,
    local: LocalConfig,
    errors: CompilerDiagnostic[],
): void {
    const includes: Record<string, ServiceSpec> = {}
    for (const spec of compiler.jacdacDefaultSpecifications) includes[spec.shortId] = spec
    for (const name of names) {
        const path = files.resolve(`services/${name}`)
        const text = files.read(path) ?? ""
        const spec = tools.parseServiceSpecificationMarkdownToJSON(text, includes, path)
        spec.catalog = false
        if (spec.errors?.length)
            errors.push(
                ...spec.errors.map(({ file, line, message }) => problem(file, line, message)),
            )
        else {
            includes[spec.shortId] = spec
            local.addServices.push(spec)
        }
    }
}

function readBoards(
    compiler: OfficialCompiler,
    files: ProjectFiles,
    local: LocalConfig,
    errors: CompilerDiagnostic[],
): void {
    const base = compiler.resolveBuildConfig()
    for (const name of files.list("boards").filter(name => name.endsWith(".board.json"))) {
        const path = files.resolve(`boards/${name}`)
        try {
            const board = JSON.parse(files.read(path) ?? "") as BoardSpec
            const id = name.slice(0, -".board.json".length)
            if (board.id && board.id !== id)
                throw new Error("ignoring id: field in favor of filename")
            board.id = id
            checkBoard(compiler, base, board)
            local.addBoards.push(board)
        } catch (error) {
            errors.push(problem(path, 1, (error as Error).message))
        }
    }
}

function checkBoard(compiler: OfficialCompiler, base: BuildConfig, board: BoardSpec): void {
    if (!/^\w+$/.test(board.id)) throw new Error(`invalid identifier: ${board.id}`)
    const arch = base.archs[board.archId]
    if (!arch) throw new Error(`board.archId ${board.archId} is invalid`)
    if (base.boards[board.id]) throw new Error(`board ${board.id} already defined`)
    if ((Number(board.productId) & PRODUCT_ID_MASK) !== PRODUCT_ID)
        throw new Error(`invalid productId ${board.productId}`)
    const { errors } = compiler.pinsInfo(arch, board)
    if (errors.length) throw new Error(errors.join("\n"))
}

function problem(filename: string, line: number, messageText: string): CompilerDiagnostic {
    return { category: 1, filename, line, messageText, formatted: "" }
}

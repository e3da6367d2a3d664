import { lastAtMost } from "../last-at-most"
import type { StackFrame } from "../figures"
import type { DebugFunction, DebugInfo } from "./debug-info"

/** Bytes of a function's entry in the image's function table, which `DebugFunction.size` includes. */
const FUNCTION_ENTRY_BYTES = 16

/** Program counters are 16 bits (`devs_pc_t` in the VM's `devs_format.h`). */
export const PCS = 0x10000

/** Whether a source, by its path in the debug information, is a library's: installed, or linked from outside. */
export function isLibraryPath(path: string): boolean {
    return path.includes("node_modules/") || path.startsWith("../")
}

/**
 * Finds the source of a program counter. A *pc* here is a byte offset in the image, as activations
 * hold it. Of a frame that waits for a call it points past the call: look up `pc - 1` for the call.
 */
export class SourceMap {
    private readonly functionStarts: Int32Array
    private readonly functionsByStart: DebugFunction[]
    private readonly mapPcs: Int32Array
    private readonly mapPositions: Int32Array
    private readonly sourceStarts: Int32Array
    /** Where each source's lines start, split when first asked for. */
    private readonly lineStarts: (Int32Array | undefined)[]
    /** A profile asks for the same few places at every allocation. */
    private readonly located = new Map<number, StackFrame | undefined>()

    private static readonly made = new WeakMap<DebugInfo, SourceMap>()

    /** The one map of a program's debug information: all that ask for it share what was found. */
    static of(debug: DebugInfo): SourceMap
    static of(debug: DebugInfo | undefined): SourceMap | undefined
    static of(debug: DebugInfo | undefined): SourceMap | undefined {
        if (!debug) return undefined
        let map = SourceMap.made.get(debug)
        if (!map) SourceMap.made.set(debug, (map = new SourceMap(debug)))
        return map
    }

    private constructor(private readonly debug: DebugInfo) {
        const { functions, srcmap, sources } = debug
        this.functionsByStart = [...functions].sort((a, b) => a.startpc - b.startpc)
        this.functionStarts = Int32Array.from(this.functionsByStart, f => f.startpc)

        // Triples of position, length, pc; position and pc relative to the triple before.
        this.mapPcs = new Int32Array(srcmap.length / 3)
        this.mapPositions = new Int32Array(srcmap.length / 3)
        let pc = 0
        let position = 0
        for (let i = 0; i < this.mapPcs.length; i++) {
            position += srcmap[3 * i] as number
            pc += srcmap[3 * i + 2] as number
            this.mapPositions[i] = position
            this.mapPcs[i] = pc
        }

        this.sourceStarts = new Int32Array(sources.length)
        for (let i = 1; i < sources.length; i++)
            this.sourceStarts[i] =
                (this.sourceStarts[i - 1] as number) + (sources[i - 1]?.length as number)
        this.lineStarts = sources.map(() => undefined)
    }

    /** The function, file, line and column of a pc; undefined if it lies in no function of the program. */
    locate(pc: number): StackFrame | undefined {
        if (!this.located.has(pc)) this.located.set(pc, this.find(pc))
        return this.located.get(pc)
    }

    /** The program's functions, in the order of the image's table. */
    get functions(): readonly DebugFunction[] {
        return this.debug.functions
    }

    /** The function whose code holds a pc. */
    functionAt(pc: number): DebugFunction | undefined {
        const found = this.functionsByStart[lastAtMost(this.functionStarts, pc)]
        const isInside = found && pc < found.startpc + found.size - FUNCTION_ENTRY_BYTES
        return isInside ? found : undefined
    }

    /** Where the function whose code holds a pc is declared; undefined if the compiler made it up. */
    declarationOf(pc: number): StackFrame | undefined {
        const found = this.functionAt(pc)
        return found?.location && this.placeAt(found.location[0], found)
    }

    /**
     * The frame of a log line such as `!  at add_F3 (pc:12)`: `functionIndex` is 3 and
     * `pcInFunction` is 12, counted from the function's start and pointing past the instruction.
     */
    frameOf(functionIndex: number, pcInFunction: number): StackFrame | undefined {
        const start = this.debug.functions[functionIndex]?.startpc
        return start === undefined ? undefined : this.locate(start + Math.max(0, pcInFunction - 1))
    }

    /**
     * By pc: 1 where the code comes from a library, 0 where from the program itself. A library is what is
     * installed for the project, or lies outside of it as a linked package does.
     */
    libraryCode(): Uint8Array {
        const isLibrary = new Uint8Array(PCS)
        this.mapPcs.forEach((pc, i) => {
            if (this.isLibrary(pc)) isLibrary.fill(1, pc, this.mapPcs[i + 1] ?? PCS)
        })
        return isLibrary
    }

    /** Whether the code at a pc comes from a library, see `libraryCode`. */
    isLibrary(pc: number): boolean {
        const source = lastAtMost(this.sourceStarts, this.positionOf(pc) ?? -1)
        const path = this.debug.sources[source]?.path ?? ""
        return isLibraryPath(path)
    }

    /** Whether two pcs belong to one statement: the compiler maps all its code to where it begins. */
    isOneStatement(pc: number, other: number): boolean {
        const position = this.positionOf(pc)
        return position !== undefined && position === this.positionOf(other)
    }

    /** The source from the statement on that a pc belongs to. */
    statementAt(pc: number): string | undefined {
        return this.textFrom(this.positionOf(pc) ?? -1)
    }

    /** The source from the declaration on of the function whose code holds a pc: of its class, for a constructor. */
    declarationText(pc: number): string | undefined {
        return this.textFrom(this.functionAt(pc)?.location?.[0] ?? -1)
    }

    /** Bytes of a function's code that come from a range of positions. */
    bytesOf({ startpc, size }: DebugFunction, from: number, to: number): number {
        const endpc = startpc + size - FUNCTION_ENTRY_BYTES
        let bytes = 0
        this.mapPcs.forEach((pc, i) => {
            const position = this.mapPositions[i] as number
            if (position < from || position >= to) return
            const end = Math.min(this.mapPcs[i + 1] ?? endpc, endpc)
            bytes += Math.max(0, end - Math.max(pc, startpc))
        })
        return bytes
    }

    private textFrom(position: number): string | undefined {
        const source = lastAtMost(this.sourceStarts, position)
        return this.debug.sources[source]?.text?.slice(position - (this.sourceStarts[source] ?? 0))
    }

    private positionOf(pc: number): number | undefined {
        return this.mapPositions[lastAtMost(this.mapPcs, pc)]
    }

    private find(pc: number): StackFrame | undefined {
        const position = this.positionOf(pc)
        const inFunction = this.functionAt(pc)
        if (position === undefined || inFunction === undefined) return undefined
        return this.placeAt(position, inFunction)
    }

    private placeAt(position: number, inFunction: DebugFunction): StackFrame | undefined {
        const sourceIndex = lastAtMost(this.sourceStarts, position)
        const source = this.debug.sources[sourceIndex]
        if (source === undefined) return undefined
        const offset = position - (this.sourceStarts[sourceIndex] as number)
        if (source.text === undefined || offset >= source.length) return undefined
        const starts = (this.lineStarts[sourceIndex] ??= startsOfLines(source.text))
        const line = lastAtMost(starts, offset)
        return {
            function: inFunction.name,
            file: source.path,
            line: line + 1,
            column: offset - (starts[line] as number) + 1,
        }
    }
}

function startsOfLines(text: string): Int32Array {
    const starts = [0]
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1)
    return Int32Array.from(starts)
}

import type { SourceFrames } from "../../model/program/source-frames"
import { OTHER, RUNTIME, type FunctionPlace } from "../../documents/profile-report"

/** A line of the program or of a library, as `LineCost` names it. */
export interface LinePlace {
    place: string
    file?: string
    line?: number
    library: boolean
}

/** Where a pc is. Two pcs of one function, or line, have the same object. */
export interface Place {
    function: FunctionPlace
    line: LinePlace
}

/** Where the runtime allocates of itself. */
export const RUNTIME_PLACE: Place = {
    function: { function: RUNTIME, library: false },
    line: { place: RUNTIME, library: false },
}

/** What called where the path was cut. */
export const OTHER_FUNCTION: FunctionPlace = { function: OTHER, library: false }

/** Identifies a function; two of one name differ in where they are declared. */
export function functionName({ function: name, file, line }: FunctionPlace): string {
    return file === undefined ? name : `${name} ${file}:${line}`
}

/** Names the places of a profile. */
export class Places {
    private readonly byPc = new Map<number, Place>()
    private readonly functions = new Map<string, FunctionPlace>()
    private readonly lines = new Map<string, LinePlace>()

    constructor(private readonly frames: SourceFrames) {}

    /** @param pc anywhere inside an instruction */
    at(pc: number): Place {
        let place = this.byPc.get(pc)
        if (!place) this.byPc.set(pc, (place = this.find(pc)))
        return place
    }

    private find(pc: number): Place {
        // The finder takes a pc as frames hold it, past the instruction.
        const frame = this.frames.at(pc + 1)
        if (!frame) return this.unknown(pc)
        const { file, line } = frame
        const library = this.frames.isLibrary(pc)
        const declared = this.frames.declarationAt(pc) ?? frame
        const name = declared.function
        const key = `${name} ${declared.file}:${declared.line}:${declared.column}`
        const place = `${file}:${line}`
        return {
            function: shared(this.functions, key, {
                function: name,
                file: declared.file,
                line: declared.line,
                library,
            }),
            line: shared(this.lines, place, { place, file, line, library }),
        }
    }

    private unknown(pc: number): Place {
        const place = `(pc ${pc})`
        return {
            function: shared(this.functions, place, { function: place, library: false }),
            line: shared(this.lines, place, { place, library: false }),
        }
    }
}

function shared<T>(known: Map<string, T>, key: string, value: T): T {
    const found = known.get(key)
    if (found) return found
    known.set(key, value)
    return value
}

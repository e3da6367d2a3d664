import { joinPath } from "../../base/join-path"
import type { StackFrame } from "../figures"
import type { SourceMap } from "./source-map"

/** Frames told of: as many as the VM's own trace has. The rest of a deep recursion repeats them. */
const MAX_FRAMES = 30

/** Names places of the program with their files as the user can open them, when that is known. */
export class SourceFrames {
    /** A program has few files and many places. */
    private readonly paths = new Map<string, string>()

    /** @param sourceFolder where the files that debug information names are, from the user */
    constructor(
        private readonly map: SourceMap | undefined,
        private readonly sourceFolder: string,
    ) {}

    /** The place of a frame's pc, which points past its instruction. */
    at(pc: number): StackFrame | undefined {
        return this.named(this.map?.locate(Math.max(0, pc - 1)))
    }

    /** Whether the code at a pc comes from a library. */
    isLibrary(pc: number): boolean {
        return this.map?.isLibrary(pc) ?? false
    }

    /** Where the function is declared whose code holds a pc. */
    declarationAt(pc: number): StackFrame | undefined {
        return this.named(this.map?.declarationOf(pc))
    }

    /**
     * The frames of a death, innermost first.
     * @param open program counters of the frames that were open
     * @param thrownAt frames of an exception nobody caught: by the time the VM gives up, it has left them
     */
    stack(open: number[], thrownAt: { functionIndex: number; pc: number }[]): StackFrame[] {
        const frames =
            thrownAt.length > 0
                ? thrownAt.map(({ functionIndex, pc }) =>
                      this.named(this.map?.frameOf(functionIndex, pc)),
                  )
                : open.slice(0, MAX_FRAMES).map(pc => this.at(pc))
        return frames.filter(frame => frame !== undefined)
    }

    private named(frame: StackFrame | undefined): StackFrame | undefined {
        return frame && { ...frame, file: this.pathOf(frame.file) }
    }

    private pathOf(file: string): string {
        let path = this.paths.get(file)
        if (path === undefined) this.paths.set(file, (path = joinPath(this.sourceFolder, file)))
        return path
    }
}

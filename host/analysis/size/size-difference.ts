import type {
    SizeChange,
    SizeDifference,
    SizePart,
    SizeReport,
} from "../../documents/size/size-report"

/**
 * How a program's bytecode file differs from another's: every part of either is in it once, so what differs
 * adds up to the difference of the files.
 * @param against what the other is called
 */
export function sizeDifference(
    before: Pick<SizeReport, "parts" | "program">,
    after: Pick<SizeReport, "parts" | "program">,
    against = before.program.entry,
): SizeDifference {
    const changes = new Map<string, SizeChange>()
    const add = ({ kind, name = "", file, bytes }: SizePart, side: "Before" | "After") => {
        // Functions are told apart by their file; what is shared moves between users' files by itself.
        const of = kind === "function" ? file : undefined
        const key = JSON.stringify([kind, name, of])
        const change = changes.get(key) ?? {
            ...{ kind, name, ...(of !== undefined && { file: of }) },
            ...{ bytesBefore: 0, bytesAfter: 0, delta: 0 },
        }
        change[`bytes${side}`] += bytes
        change.delta = change.bytesAfter - change.bytesBefore
        changes.set(key, change)
    }
    for (const part of before.parts) add(part, "Before")
    for (const part of after.parts) add(part, "After")
    return {
        against,
        bytesBefore: before.program.bytecodeBytes,
        bytesAfter: after.program.bytecodeBytes,
        changes: [...changes.values()]
            .filter(({ delta }) => delta !== 0)
            .sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta)),
    }
}

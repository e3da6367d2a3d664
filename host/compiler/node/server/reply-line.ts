import type { CompileReply } from "../compile-request"

/** A reply as a line of JSON, its bytecode in base64. */
export function writeReply(reply: CompileReply): string {
    const bytecode = "bytecode" in reply && reply.bytecode
    const text = bytecode && { bytecode: Buffer.from(bytecode).toString("base64") }
    return JSON.stringify({ ...reply, ...text }) + "\n"
}

/** The reply that a line tells. */
export function readReply(text: string): CompileReply {
    const { bytecode, ...reply } = JSON.parse(text) as Omit<CompileReply, "bytecode"> & {
        bytecode?: string
    }
    return {
        ...reply,
        ...(bytecode !== undefined && {
            bytecode: new Uint8Array(Buffer.from(bytecode, "base64")),
        }),
    } as CompileReply
}

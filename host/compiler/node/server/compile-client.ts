import { connect } from "node:net"
import type { CompileReply, CompileRequest } from "../compile-request"
import { readReply } from "./reply-line"

/**
 * Where a compile server listens, if there is one: tests start one for themselves, so that they and the
 * commands that they run load the compiler once.
 */
export const SERVER_VARIABLE = "HEAPSCOPE_COMPILE_SERVER"

/** What a server says as soon as it has a request; its reply comes after it. */
export const ACKNOWLEDGED = "\n"

/**
 * Asks a compile server.
 * @param maxSilenceMs how long it may take to say that it has got the request. Default: for ever
 * @returns undefined when there is none at that path
 * @throws the signal's reason when interrupted, and an error when the server ends meanwhile or is silent
 */
export function askServer(
    path: string,
    request: CompileRequest,
    signal: AbortSignal | undefined,
    maxSilenceMs = Infinity,
): Promise<CompileReply | undefined> {
    return new Promise((resolve, reject) => {
        signal?.throwIfAborted()
        const socket = connect(path)
        const interrupt = () => {
            reject(signal?.reason as Error)
            socket.destroy()
        }
        let isConnected = false
        let text = ""
        signal?.addEventListener("abort", interrupt)
        const silence =
            maxSilenceMs < Infinity ? setTimeout(() => socket.destroy(), maxSilenceMs) : undefined
        socket.setEncoding("utf8")
        socket.once("connect", () => {
            isConnected = true
            socket.write(JSON.stringify(request) + "\n")
        })
        socket.on("data", data => {
            clearTimeout(silence)
            text += String(data)
        })
        socket.on("error", error => (isConnected ? reject(error) : resolve(undefined)))
        socket.on("close", () => {
            clearTimeout(silence)
            signal?.removeEventListener("abort", interrupt)
            if (text.length > ACKNOWLEDGED.length && text.endsWith("\n")) resolve(readReply(text))
            else reject(new Error("The DeviceScript compiler ended early."))
        })
    })
}

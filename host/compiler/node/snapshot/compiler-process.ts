import { spawn, type ChildProcess } from "node:child_process"
import type { Socket } from "node:net"
import { join } from "node:path"
import { packageRoot } from "../../../base/node/package-root"
import type { CompileReply, CompileRequest } from "../compile-request"
import { ACKNOWLEDGED } from "../server/compile-client"
import { readReply } from "../server/reply-line"
import { SNAPSHOT_FLAGS, type KeptSnapshot } from "./kept-snapshot"
import { plainEnvironment } from "./plain-environment"

/** Who ends a process so has nothing against what it started from. */
const STOPPED: (NodeJS.Signals | null)[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"]

/** The process ended before it answered: whoever asked should ask a thread. */
export class ProcessEnded extends Error {}

/**
 * A process that goes on from the snapshot of a compiler: it takes half of what a thread takes that loads one.
 * It ends with this process, whatever ends that.
 */
export class CompilerProcess {
    /** It got as far as to read a request. */
    private hasBegun = false

    private constructor(
        private readonly child: ChildProcess,
        private readonly onBroken: () => void,
    ) {
        process.once("exit", this.kill)
        child.once("exit", () => process.off("exit", this.kill))
        // Whoever waits for an answer is told.
        child.on("error", () => undefined)
        child.stdin!.on("error", () => undefined)
    }

    /** @returns undefined where there is no snapshot; one that turns out to be none is not used again */
    static start(snapshot: KeptSnapshot | undefined): CompilerProcess | undefined {
        return snapshot?.isThere
            ? CompilerProcess.from(snapshot.path, () => snapshot.forget())
            : undefined
    }

    /** @param onBroken told when it ends without having read a request, and nobody has ended it */
    static from(blob: string, onBroken: () => void = () => undefined): CompilerProcess {
        const args = ["--snapshot-blob", blob, join(packageRoot(), "dist")]
        const child = spawn(process.execPath, [...SNAPSHOT_FLAGS, ...args], {
            stdio: ["pipe", "pipe", "ignore"],
            windowsHide: true,
            env: plainEnvironment(),
        })
        return new CompilerProcess(child, onBroken)
    }

    /** @throws ProcessEnded when it ends instead */
    answer(request: CompileRequest): Promise<CompileReply> {
        const { child } = this
        return new Promise((resolve, reject) => {
            let text = ""
            const settle = () => {
                child.stdout!.off("data", onData)
                child.off("exit", onEnd).off("error", onEnd)
            }
            const onData = (part: string) => {
                this.hasBegun = true
                text += part
                if (text.length <= ACKNOWLEDGED.length || !text.endsWith("\n")) return
                settle()
                resolve(readReply(text))
            }
            const onEnd = () => {
                settle()
                if (!this.hasBegun && !STOPPED.includes(child.signalCode)) this.onBroken()
                reject(new ProcessEnded("The DeviceScript compiler ended early."))
            }
            child.stdout!.setEncoding("utf8").on("data", onData)
            child.on("exit", onEnd).on("error", onEnd)
            child.stdin!.write(JSON.stringify(request) + "\n")
            if (hasEnded(child)) onEnd()
        })
    }

    ref(): void {
        this.child.ref()
        for (const end of this.ends) end.ref()
    }

    unref(): void {
        this.child.unref()
        for (const end of this.ends) end.unref()
    }

    /** @returns when it is gone */
    terminate(): Promise<void> {
        return new Promise(resolve => {
            if (hasEnded(this.child)) return resolve()
            this.child.once("exit", () => resolve())
            this.kill()
        })
    }

    private readonly kill = () => void this.child.kill("SIGKILL")

    private get ends(): Socket[] {
        return [this.child.stdin, this.child.stdout] as unknown as Socket[]
    }
}

/** Also of one that could not be started. */
function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
    return pid === undefined || exitCode !== null || signalCode !== null
}

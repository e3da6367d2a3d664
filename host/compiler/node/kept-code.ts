import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname } from "node:path"
import { cachedDataVersionTag } from "node:v8"
import { Script } from "node:vm"
import { UserCache } from "./user-cache"

/** Each file of ours that is kept as code begins so: `prepare.mjs` puts its SHA-256 before it. */
const ID = /^\/\*([0-9a-f]{16})\*\//
const ID_BYTES = 20
/** A second run goes the ways of one that has nothing to compile: what it needs besides is added. */
const RUNS = 2

/** A CommonJS module stands between these, as Node has it. */
const BEFORE = Buffer.from("(function (exports, require, module, __filename, __dirname) { ")
const AFTER = Buffer.from("\n})")
/** Where a text is read to, its code can be, too: more than any has so far, and what is not used takes nothing. */
const ROOM_BYTES = 2 << 20

/** What that makes of it. */
type Wrapped = (
    exports: object,
    require: NodeJS.Require,
    module: { exports: object },
    file: string,
    folder: string,
) => void

const used = new Set<() => void>()

/**
 * Evaluates a script with the code that V8 made of it when it was last used so, if that is of this very
 * text, this V8 and its flags: compiling takes as long as a short simulation. That code is in the user's
 * own cache (`UserCache`), and no other is believed.
 * @param text all of it ASCII, with its id before it; without one, nothing is kept
 * @param use names what it is used for, in letters: each use needs other functions of it
 */
export function evaluateKept(text: string, filename: string, use: string): unknown {
    return evaluate(text, ID.exec(text)?.[1], filename, { use })
}

/**
 * The same of a CommonJS module.
 * @param by which V8, with which flags: who sets none can do without Node's part that tells it
 * @param load what it asks for others with: who has that need not load Node's part that makes it
 * @returns its exports; evaluated anew with each call
 */
export function requireKept(
    file: string,
    use: string,
    by?: string,
    load: NodeJS.Require = createRequire(file),
): unknown {
    const { room, length } = readWrapped(file)
    const id = ID.exec(room.toString("latin1", BEFORE.length, BEFORE.length + ID_BYTES))?.[1]
    // Put together as a text, it would be copied once more to be compiled.
    const text = room.toString("latin1", 0, length)
    const wrapped = evaluate(text, id, file, { use, by, room }) as Wrapped
    const module = { exports: {} }
    wrapped(module.exports, load, module, file, dirname(file))
    return module.exports
}

/** What a file of ours is known by that `prepare.mjs` has identified: the same text has the same. */
export function codeIdOf(file: string): string | undefined {
    const start = Buffer.alloc(ID_BYTES)
    const fd = openSync(file, "r")
    try {
        readSync(fd, start)
    } finally {
        closeSync(fd)
    }
    return ID.exec(start.toString("latin1"))?.[1]
}

/** Keeps the code of all that was evaluated, for the next process. Late: it has what was needed by then. */
export function keepCode(): void {
    for (const keep of used) keep()
    used.clear()
}

/** All of it is ASCII: a character is a byte. */
export function readAscii(file: string): string {
    return readFileSync(file, "latin1")
}

/**
 * Reads a module as it is to be compiled. Memory that is touched for the first time is a good part of a
 * command's start: there is one buffer, and it can be used again.
 * @returns how many bytes of it are the module's
 */
function readWrapped(file: string): { room: Buffer<ArrayBuffer>; length: number } {
    const fd = openSync(file, "r")
    try {
        const wrapped = BEFORE.length + fstatSync(fd).size + AFTER.length
        const room = Buffer.allocUnsafeSlow(Math.max(wrapped, ROOM_BYTES))
        let at = BEFORE.copy(room)
        const end = wrapped - AFTER.length
        for (let read = -1; at < end && read !== 0; at += read)
            read = readSync(fd, room, at, end - at, null)
        return { room, length: at + AFTER.copy(room, at) }
    } finally {
        closeSync(fd)
    }
}

/** @param how `room` is memory to read the code to, whose contents are not needed any more */
function evaluate(
    text: string,
    id: string | undefined,
    filename: string,
    { use, by, room }: { use: string; by?: string | undefined; room?: Buffer },
): unknown {
    const cache = id === undefined ? undefined : UserCache.open()
    const entry = `code-${use}-${id}-${by ?? cachedDataVersionTag()}-${process.arch}.bin`
    const stored = cache?.read(entry, room)
    const cachedData = stored?.subarray(0, -1)
    const script = new Script(text, { filename, cachedData })
    const runs = cachedData && !script.cachedDataRejected ? stored!.at(-1)! : 0
    if (cache && runs < RUNS)
        used.add(() => {
            const data = Buffer.concat([script.createCachedData(), Buffer.of(runs + 1)])
            cache.write(entry, data)
        })
    return script.runInThisContext()
}

import { rmSync } from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { askServer, SERVER_VARIABLE } from "../../../../../host/compiler/node/server/compile-client"
import { CompileServer } from "../../../../../host/compiler/node/server/compile-server"
import { CompilerThread } from "../../../../../host/compiler/node/compiler-thread"
import { fillProject, makeFolder } from "../build-project"

const folder = makeFolder()
const path =
    process.platform === "win32" ? "\\\\.\\pipe\\heapscope-test" : join(folder, "compile-server")
let server: CompileServer

beforeAll(async () => {
    fillProject(folder)
    server = await CompileServer.start(path)
})
afterAll(() => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
})

const request = { project: folder, entry: "src/main.ts" }

test("a server gives what a thread of one's own gives, to many at once", async () => {
    const own = await new CompilerThread().ask(request)
    const replies = await Promise.all([0, 1, 2].map(() => askServer(path, request, undefined)))
    for (const reply of replies) expect(reply).toEqual(own)
})

test("a client that is interrupted is told so, and the server goes on", async () => {
    const interruption = new AbortController()
    const asked = askServer(path, request, interruption.signal)
    // A compile of what is known takes less than a timer's time on some machines.
    interruption.abort()
    await expect(asked).rejects.toThrow(/abort/)
    expect(await askServer(path, request, undefined)).toMatchObject({ success: true })
})

test("what is no request is answered, not believed", async () => {
    const socket = connect(path)
    socket.write("no JSON\n")
    let text = ""
    for await (const data of socket) text += String(data)
    expect(JSON.parse(text)).toMatchObject({ failure: expect.stringMatching(/JSON/) })
})

test("where no server listens there is none, and the tests' own is there", async () => {
    expect(await askServer(join(folder, "nowhere"), request, undefined)).toBeUndefined()
    expect(process.env[SERVER_VARIABLE]).toMatch(/compile-server$|pipe/)
})

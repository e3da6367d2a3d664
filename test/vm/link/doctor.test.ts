import { createHash } from "node:crypto"
import { connect, createServer } from "node:net"
import { once } from "node:events"
import { expect, test } from "vitest"
import { TcpPort } from "../../../host/link/node/tcp-stream"
import { checkBoard } from "../../../host/tasks/doctor/board-checks"
import { build } from "../harness"
import { serve } from "./rig"

test("a board tells which it is, its firmware and its program, and is left as it was", async () => {
    const served = await serve("counting")
    const builtSha256 = createHash("sha256")
        .update((await build("counting")).bytecode)
        .digest("hex")
    try {
        const port = new TcpPort("127.0.0.1", served.port)
        const checks = await checkBoard(port, { cwd: "/", builtSha256 })
        expect(checks.map(({ id, status }) => `${id} ${status}`)).toEqual([
            "board good",
            "firmware good",
            "program good",
        ])
        expect(checks[0]!.message).toContain("Raspberry Pi Pico (pico)")
        expect(checks[1]!.message).toContain("DeviceScript 2.16.")
        expect(checks[2]!.message).toContain(`${builtSha256}: the project's`)
    } finally {
        await served.close()
    }
})

test("what is no board is told of, with what to do", async () => {
    const silent = createServer().listen(0, "127.0.0.1")
    await once(silent, "listening")
    const { port } = silent.address() as { port: number }
    try {
        const [check] = await checkBoard(new TcpPort("127.0.0.1", port), { cwd: "/" })
        expect(check).toMatchObject({ id: "board", status: "bad" })
        expect(check!.hint).toContain("boot mode")
    } finally {
        silent.close()
        connect(port, "127.0.0.1").on("error", () => undefined)
    }
})

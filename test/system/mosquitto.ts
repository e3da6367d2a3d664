import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { connect, createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"

/** Where Debian's package puts it. */
const MOSQUITTO = "/usr/sbin/mosquitto"

/** Debian's broker, with TLS and passwords, which keeps what it has when it is started anew. */
export class Mosquitto {
    readonly folder = mkdtempSync(join(tmpdir(), "heapscope-broker-"))
    /** The certificate that its own is signed with. */
    readonly ca = join(this.folder, "cert.pem")
    private readonly config = join(this.folder, "mosquitto.conf")
    private running: ChildProcess | undefined

    private constructor(
        private readonly port: number,
        user: string,
        password: string,
    ) {
        const key = join(this.folder, "key.pem")
        const passwords = join(this.folder, "passwords")
        execFileSync(
            "openssl",
            [
                ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
                ...["-nodes", "-days", "1", "-subj", "/CN=localhost"],
                ...["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", this.ca],
            ],
            { stdio: "ignore" },
        )
        execFileSync("mosquitto_passwd", ["-b", "-c", passwords, user, password], {
            stdio: "ignore",
        })
        writeFileSync(
            this.config,
            [
                `listener ${port} 127.0.0.1`,
                `certfile ${this.ca}`,
                `keyfile ${key}`,
                "allow_anonymous false",
                `password_file ${passwords}`,
                "persistence true",
                `persistence_location ${this.folder}/`,
                "max_queued_messages 0",
                "sys_interval 1",
                // As root it would become another user, who may not read the folder.
                "user root",
                "",
            ].join("\n"),
        )
    }

    static async start(user: string, password: string): Promise<Mosquitto> {
        if (!existsSync(MOSQUITTO))
            throw new Error(`${MOSQUITTO} is not there: install Debian's package mosquitto.`)
        const broker = new Mosquitto(await freePort(), user, password)
        await broker.begin()
        return broker
    }

    get address(): string {
        return `mqtts://localhost:${this.port}`
    }

    /** Ends it and starts it again: it writes what it has to disk. */
    async restart(awayMs: number): Promise<void> {
        await this.end()
        await delay(awayMs)
        await this.begin()
    }

    async close(): Promise<void> {
        await this.end()
        rmSync(this.folder, { recursive: true, force: true })
    }

    private async begin(): Promise<void> {
        this.running = spawn(MOSQUITTO, ["-c", this.config], { stdio: "ignore" })
        for (let tries = 0; ; tries++)
            try {
                const socket = connect(this.port, "127.0.0.1")
                await once(socket, "connect")
                socket.destroy()
                return
            } catch (error) {
                if (tries === 50) throw error
                await delay(100)
            }
    }

    private async end(): Promise<void> {
        const { running } = this
        if (!running || running.exitCode !== null) return
        running.kill()
        await once(running, "exit")
    }
}

async function freePort(): Promise<number> {
    const server = createServer().listen(0, "127.0.0.1")
    await once(server, "listening")
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, "close")
    return port
}

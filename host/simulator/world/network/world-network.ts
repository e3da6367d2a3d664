import { SeededRandom } from "../../../base/seeded-random"
import type { WorldHost } from "../../../documents/world-report"
import type { Arrivals, ReportingNetwork, SocketEvent } from "../../door"
import type { WorldLibraries } from "../libraries/library"
import { seedOf } from "../seed-of"
import { NO_ANSWERS, type WantedAnswers } from "../wanted-answer"
import type { WorldTime } from "../world-time"
import { utf8, type Connection, type Conversation } from "./connection"
import { DELAY_MS, isAddress, isHostName } from "./hosts"
import { HttpServer } from "./http-server"
import { NO_PLAN, type ServerPlan, type WorldPlan } from "../plan"
import { MqttBroker } from "./mqtt-broker"
import { PlannedServers } from "./planned-servers"
import type { Wifi } from "./wifi"

/** Most bytes that arrive in one piece: what the firmware reads of its socket at a time (`sock.c`). */
const PIECE_BYTES = 1_024
/** First byte of MQTT's CONNECT; no method of HTTP begins with it. */
const MQTT_CONNECT = 0x10
/** First bytes of HTTP's methods are capital letters. */
const isHttp = (byte: number) => byte >= 65 && byte <= 90

interface Host extends WorldHost {
    name: string
    port: number
    tls: boolean
    broker: MqttBroker | undefined
}

interface Socket {
    host: Host
    isConnected: boolean
    conversation: Conversation | undefined
    /** When the last of what was sent to the board arrives. */
    quietAtMs: number
    /** The server closed it: what the board still sends is lost. */
    isClosing: boolean
}

/**
 * The network of a simulated world. The firmware has one socket, and TLS ends in the firmware: what
 * passes here is plain. In a made-up world any host answers, in the protocol it is spoken to in; in a
 * strict one nobody is there, which takes the time that it takes.
 */
export class WorldNetwork implements ReportingNetwork {
    private readonly hosts = new Map<string, Host>()
    private readonly random: SeededRandom
    private readonly planned: PlannedServers
    private socket: Socket | undefined

    constructor(
        private readonly time: WorldTime & Pick<Arrivals, "put">,
        seed: number,
        private readonly libraries: Pick<WorldLibraries, "mqtt">,
        private readonly wifi: Wifi,
        /** Nobody is there. */
        private readonly isStrict: boolean,
        /** What somebody has said of it. */
        private readonly plan: Pick<WorldPlan, "servers" | "topics" | "slowerMs"> = NO_PLAN,
        /** What the program reads of the JSON documents that it fetches. */
        private readonly wanted: WantedAnswers = NO_ANSWERS,
    ) {
        this.planned = new PlannedServers(plan.servers)
        wifi.onSet(() => {
            if (this.socket && !this.available()) this.lose(this.socket)
        })
        this.random = new SeededRandom(seedOf(seed, "network"))
    }

    available(): boolean {
        return this.wifi.isUp(this.nowMs)
    }

    isOpen(): boolean {
        return this.socket !== undefined
    }

    open(name: string, port: number, tls: boolean): number {
        this.close()
        if (!this.available()) return -1
        const url = `${tls ? "tls" : "tcp"}://${name}:${port}`
        const host: Host = this.hosts.get(url) ?? {
            ...{ url, answeredBy: "nobody", connections: 0, requests: 0, answers: 0 },
            ...{ name, port, tls, broker: undefined },
        }
        this.hosts.set(url, host)
        const socket: Socket = {
            ...{ host, isConnected: false, conversation: undefined },
            ...{ quietAtMs: 0, isClosing: false },
        }
        this.socket = socket
        const awayAtMs = this.wifi.changesAtMs(this.nowMs)
        if (awayAtMs < Infinity) this.later(socket, awayAtMs - this.nowMs, () => this.lose(socket))
        const nameMs = isAddress(name) ? 0 : DELAY_MS.name
        const fail = (afterMs: number, failure: string, text: string) => {
            this.later(socket, afterMs, () => {
                host.failure = failure
                this.tell("error", utf8(text))
                this.end(socket)
            })
            return 0
        }
        // As the firmware words them (`sock.c` in devicescript-esp32).
        if (!isHostName(name)) return fail(DELAY_MS.name, "name not found", "can't resolve host")
        if (this.isStrict && !this.planned.knows(name))
            return isAddress(name)
                ? fail(DELAY_MS.unreachable, "no answer", "can't connect")
                : fail(DELAY_MS.unknownName, "name not found", "can't resolve host")
        this.later(socket, nameMs + DELAY_MS.connect + (tls ? DELAY_MS.tls : 0), () => {
            socket.isConnected = true
            host.answeredBy = this.planned.knows(name) ? "the scenario" : "made-up server"
            host.connections++
            this.tell("open")
        })
        return 0
    }

    write(data: Uint8Array): number {
        const { socket } = this
        if (!socket?.isConnected) return -10
        if (socket.isClosing) return 0
        socket.conversation ??= this.converse(socket, data[0]!)
        const { conversation } = socket
        this.later(socket, DELAY_MS.transit, () => conversation.received(data))
        return 0
    }

    /** Somebody says what a server answers from now on. */
    answer(server: ServerPlan): void {
        this.planned.add(server)
    }

    /** Somebody publishes a message at every broker there is. @returns why that cannot be */
    publish(topic: string, payload: Uint8Array): string | undefined {
        const brokers = [...this.hosts.values()].flatMap(({ broker }) => broker ?? [])
        if (brokers.length === 0) return "the program has connected to no broker until now"
        for (const broker of brokers) broker.publish({ topic, payload, qos: 0, retain: false })
        return undefined
    }

    close(): void {
        const { socket } = this
        if (!socket) return
        this.socket = undefined
        socket.conversation?.closed?.()
    }

    report(): WorldHost[] {
        return [...this.hosts.values()].map(
            ({ broker: _, name: _name, port: _port, tls: _tls, ...host }) => host,
        )
    }

    private get nowMs(): number {
        return this.time.nowUs / 1000
    }

    /** The server for the protocol that the board's first byte is of. */
    private converse(socket: Socket, first: number): Conversation {
        const { host } = socket
        const { name, port, tls } = host
        const connection = this.connectionOf(socket)
        const chance = () => this.random.fraction()
        if (first === MQTT_CONNECT) {
            host.url = `${tls ? "mqtts" : "mqtt"}://${name}:${port}`
            host.broker ??= new MqttBroker(this.libraries.mqtt(), chance, this.plan.topics)
            return host.broker.serve(connection)
        }
        if (isHttp(first)) {
            host.url = `${tls ? "https" : "http"}://${name}`
            if (port !== (tls ? 443 : 80)) host.url += `:${port}`
            return new HttpServer(
                ...([name, connection, () => this.nowMs, chance, this.planned] as const),
                ...([this.plan.slowerMs, this.wanted] as const),
            )
        }
        // A protocol nobody knows: what is sent comes back.
        return {
            received(data) {
                connection.took()
                connection.send(data)
                connection.gave()
            },
        }
    }

    private connectionOf(socket: Socket): Connection {
        const { host } = socket
        return {
            send: data => {
                for (let at = 0; at < data.length; at += PIECE_BYTES) {
                    const piece = data.slice(at, at + PIECE_BYTES)
                    this.inOrder(socket, () => this.tell("data", piece))
                }
            },
            close: () => {
                socket.isClosing = true
                this.inOrder(socket, () => {
                    this.end(socket)
                    this.tell("close")
                })
            },
            after: (ms, action) => this.later(socket, ms, action),
            took: () => void host.requests++,
            gave: () => void host.answers++,
            upgraded: () => void (host.url = host.url.replace(/^http/, "ws")),
        }
    }

    /** Has something reach the board after all that is on its way already. */
    private inOrder(socket: Socket, action: () => void): void {
        const { nowMs } = this
        socket.quietAtMs = Math.max(socket.quietAtMs + 1, nowMs + DELAY_MS.transit)
        this.later(socket, socket.quietAtMs - nowMs, action)
    }

    /** Does something at a time if the connection is still the board's by then. */
    private later(socket: Socket, ms: number, action: () => void): void {
        this.time.after(ms, () => {
            if (this.socket === socket) action()
        })
    }

    /** The network went away under the board, and its connection with it. */
    private lose(socket: Socket): void {
        socket.host.lost = (socket.host.lost ?? 0) + 1
        this.tell("error", utf8("connection lost"))
        this.end(socket)
    }

    private end(socket: Socket): void {
        if (this.socket !== socket) return
        this.socket = undefined
        socket.conversation?.closed?.()
    }

    private tell(event: SocketEvent, data: Uint8Array = new Uint8Array(0)): void {
        this.time.put({ kind: "socket", event, data })
    }
}

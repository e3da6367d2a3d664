import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { connect, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { generate, parser, type Packet } from "mqtt-packet"
import { afterAll, beforeAll, expect, test } from "vitest"
import { Clock } from "../../host/simulator/clock"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { MqttBroker } from "../../host/simulator/world/network/mqtt-broker"
import { freePort } from "../free-port"

/** Where Debian's package puts it. */
const MOSQUITTO = "/usr/sbin/mosquitto"
/** Real milliseconds after which a broker on this machine has answered. */
const QUIET_MS = 120

/** What a client does: it connects, sends packets, or its connection breaks. */
type Step = [client: string, what: Packet | "broken"]

const connecting = (clientId: string, more: object = {}) =>
    [
        clientId,
        {
            ...{ cmd: "connect", protocolId: "MQTT", protocolVersion: 4, clean: true },
            ...{ clientId, keepalive: 0, ...more },
        } as Packet,
    ] satisfies Step
const publish = (client: string, topic: string, payload: string, more: object = {}): Step => [
    client,
    { cmd: "publish", topic, payload, qos: 0, retain: false, dup: false, ...more } as Packet,
]
const subscribe = (client: string, ...topics: [topic: string, qos: 0 | 1 | 2][]): Step => [
    client,
    {
        cmd: "subscribe",
        messageId: 1,
        subscriptions: topics.map(([topic, qos]) => ({ topic, qos })),
    } as Packet,
]
const unsubscribe = (client: string, topic: string): Step => [
    client,
    { cmd: "unsubscribe", messageId: 2, unsubscriptions: [topic] } as Packet,
]
const disconnect = (client: string): Step => [client, { cmd: "disconnect" } as Packet]
const pubrel = (client: string, messageId: number): Step => [
    client,
    { cmd: "pubrel", messageId } as Packet,
]

const SCRIPTS: Record<string, Step[]> = {
    "qualities of service": [
        connecting("reader"),
        subscribe("reader", ["q/0", 0], ["q/1", 1], ["q/2", 2]),
        connecting("writer"),
        ...[0, 1, 2].flatMap(of =>
            [0, 1, 2].flatMap((qos): Step[] => [
                publish("writer", `q/${of}`, `${qos} to ${of}`, {
                    qos,
                    ...(qos > 0 && { messageId: 10 * of + qos }),
                }),
                ...(qos === 2 ? [pubrel("writer", 10 * of + qos)] : []),
            ]),
        ),
    ],
    "wildcards, and topics that they do not take": [
        connecting("reader"),
        subscribe("reader", ["a/+/c", 0], ["b/#", 0], ["+", 0]),
        connecting("writer"),
        ...["a/b/c", "a/b/c/d", "a//c", "b", "b/c", "b/c/d", "c", "/c", "c/d", "$c"].map(topic =>
            publish("writer", topic, topic),
        ),
    ],
    "retained messages": [
        connecting("writer"),
        publish("writer", "r/1", "old", { retain: true }),
        publish("writer", "r/1", "new", { retain: true }),
        publish("writer", "r/2", "gone", { retain: true }),
        publish("writer", "r/2", "", { retain: true }),
        connecting("reader"),
        subscribe("reader", ["r/#", 0]),
        publish("writer", "r/1", "newer", { retain: true }),
        subscribe("reader", ["r/1", 0]),
        publish("writer", "r/1", "", { retain: true }),
    ],
    "a session that lasts": [
        connecting("reader", { clean: false }),
        subscribe("reader", ["s/1", 1]),
        disconnect("reader"),
        connecting("writer"),
        publish("writer", "s/1", "kept", { qos: 1, messageId: 3 }),
        publish("writer", "s/1", "not kept"),
        connecting("reader", { clean: false }),
        disconnect("reader"),
        connecting("reader"),
        publish("writer", "s/1", "nobody's", { qos: 1, messageId: 4 }),
    ],
    wills: [
        connecting("reader"),
        subscribe("reader", ["w/#", 0]),
        connecting("orderly", { will: { topic: "w/1", payload: "not said", qos: 0 } }),
        disconnect("orderly"),
        connecting("broken", { will: { topic: "w/2", payload: "my last", qos: 0, retain: true } }),
        ["broken", "broken"],
        connecting("later"),
        subscribe("later", ["w/2", 0]),
        publish("later", "w/2", "", { retain: true }),
    ],
    "taking over, leaving, and pings": [
        connecting("board"),
        subscribe("board", ["t", 0]),
        ["board", { cmd: "pingreq" } as Packet],
        unsubscribe("board", "t"),
        unsubscribe("board", "never"),
        connecting("writer"),
        publish("writer", "t", "nobody's"),
        connecting("board"),
        publish("writer", "t", "nobody's either"),
    ],
    "quality 2 that is sent twice": [
        connecting("reader"),
        subscribe("reader", ["d", 0]),
        connecting("writer"),
        publish("writer", "d", "once", { qos: 2, messageId: 5 }),
        publish("writer", "d", "once", { qos: 2, messageId: 5, dup: true }),
        pubrel("writer", 5),
        pubrel("writer", 5),
    ],
}

/** A connection as a script has it: what it sends goes out, and what it has heard is kept. */
interface Line {
    send(packet: Packet): void
    break(): void
}

/** What was heard, in order, and whether the connection was closed from the other side. */
type Heard = Record<string, string[]>

/** @param open a connection. @param settle all that was sent is answered */
async function play(
    script: readonly Step[],
    open: (heard: (packet: Packet) => void, closed: () => void) => Promise<Line>,
    settle: () => Promise<void>,
): Promise<Heard> {
    const heard: Heard = {}
    const lines = new Map<string, Line>()
    let connections = 0
    for (const [client, what] of script) {
        if (what === "broken") lines.get(client)!.break()
        else {
            if (what.cmd === "connect") {
                const lineHeard: string[] = []
                heard[`${++connections} ${client}`] = lineHeard
                const line = await open(
                    packet => {
                        lineHeard.push(told(packet))
                        // As every client does.
                        if (packet.cmd !== "publish" || packet.qos === 0) {
                            if (packet.cmd === "pubrel")
                                line.send({ cmd: "pubcomp", messageId: packet.messageId! })
                        } else
                            line.send({
                                cmd: packet.qos === 1 ? "puback" : "pubrec",
                                messageId: packet.messageId!,
                            } as Packet)
                    },
                    () => lineHeard.push("closed"),
                )
                lines.set(client, line)
            }
            lines.get(client)!.send(what)
            if (what.cmd === "disconnect") await settle()
        }
        await settle()
    }
    return heard
}

/** A packet in words: identifiers of messages are the broker's to choose. */
function told(packet: Packet): string {
    switch (packet.cmd) {
        case "connack":
            return `connack ${packet.returnCode} ${packet.sessionPresent ? "known" : "new"}`
        case "suback":
            return `suback ${packet.messageId} ${(packet.granted as number[]).join(" ")}`
        case "publish":
            return `publish ${packet.topic} ${String(packet.payload)} qos ${packet.qos}${packet.retain ? " retained" : ""}`
        case "unsuback":
            return `unsuback ${packet.messageId}`
        default:
            return packet.cmd
    }
}

let mosquitto: ChildProcess
let port = 0
let folder = ""
beforeAll(async () => {
    if (!existsSync(MOSQUITTO))
        throw new Error(`${MOSQUITTO} is not there: install Debian's package mosquitto.`)
    port = await freePort()
    folder = mkdtempSync(join(tmpdir(), "heapscope-mosquitto-"))
    const file = join(folder, "mosquitto.conf")
    writeFileSync(file, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`)
    mosquitto = spawn(MOSQUITTO, ["-c", file], { stdio: "ignore" })
    for (let tries = 0; ; tries++)
        try {
            const socket = connect(port, "127.0.0.1")
            await once(socket, "connect")
            socket.destroy()
            break
        } catch (error) {
            if (tries === 50) throw error
            await delay(100)
        }
})
afterAll(async () => {
    if (mosquitto.exitCode === null) {
        mosquitto.kill()
        await once(mosquitto, "exit")
    }
    rmSync(folder, { recursive: true, force: true })
})

test.each(Object.entries(SCRIPTS))("%s: the same packets as from mosquitto", async (_, script) => {
    expect(await played(script)).toEqual(await real(script))
})

/** By the world's own broker, to which what is sent comes later, as over any network. */
async function played(script: readonly Step[]): Promise<Heard> {
    const broker = new MqttBroker(loadWorldLibraries().mqtt(), () => 0.5)
    const clock = new Clock()
    const underWay: (() => void)[] = []
    return play(
        script,
        (heard, closed) => {
            const reader = parser()
            reader.on("packet", heard)
            let isLeft = false
            const conversation = broker.serve({
                send: data => void underWay.push(() => void reader.parse(Buffer.from(data))),
                close: () => {
                    if (!isLeft) closed()
                },
                after: (ms, action) => void clock.at(clock.nowUs + ms * 1000, action),
                took: () => undefined,
                gave: () => undefined,
            })
            return Promise.resolve({
                send: packet => {
                    if (packet.cmd === "disconnect") isLeft = true
                    const bytes = new Uint8Array(generate(packet))
                    underWay.push(() => conversation.received(bytes))
                },
                break: () => conversation.closed?.(),
            })
        },
        () => {
            for (let next = underWay.shift(); next; next = underWay.shift()) next()
            return Promise.resolve()
        },
    )
}

/** By mosquitto, over TCP. */
async function real(script: readonly Step[]): Promise<Heard> {
    const sockets: Socket[] = []
    try {
        return await play(
            script,
            async (heard, closed) => {
                const socket = connect(port, "127.0.0.1")
                sockets.push(socket)
                const reader = parser()
                reader.on("packet", heard)
                let isLeft = false
                socket.on("data", data => void reader.parse(data))
                socket.on("error", () => undefined)
                socket.on("close", () => {
                    if (!isLeft) closed()
                })
                await once(socket, "connect")
                return {
                    send: packet => {
                        if (packet.cmd === "disconnect") isLeft = true
                        socket.write(generate(packet))
                    },
                    break: () => {
                        isLeft = true
                        socket.resetAndDestroy()
                    },
                }
            },
            () => delay(QUIET_MS),
        )
    } finally {
        for (const socket of sockets) {
            socket.removeAllListeners("close")
            socket.destroy()
        }
        await delay(QUIET_MS)
    }
}

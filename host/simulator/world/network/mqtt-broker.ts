import type { Packet, QoS } from "mqtt-packet"
import type { MqttPackets } from "../libraries/library"
import type { Connection, Conversation } from "./connection"
import { isTopic, isTopicFilter, takesTopic } from "./topic-filter"

interface Message {
    topic: string
    payload: Uint8Array
    qos: QoS
    retain: boolean
}

interface Session {
    /** Quality of service by topic filter. */
    subscriptions: Map<string, QoS>
    /** Messages of quality 1 and 2 that came while the client was away. */
    missed: Message[]
}

/** How often somebody else publishes on a topic that the board subscribes to, in simulated milliseconds. */
const OTHERS_MS = 20_000
/** Most messages kept for a client that is away. */
const MAX_MISSED = 100
/** The client is given up after this many times its keep-alive (MQTT 3.1.1, section 3.1.2.10). */
const PATIENCE = 1.5

/** MQTT's answer to a subscription it refuses. */
const REFUSED = 0x80

/**
 * A broker of a made-up world, versions 3.1 to 5: retained messages, sessions, wills, the three qualities
 * of service, keep-alive. Besides the board somebody else publishes, on every topic it subscribes to.
 */
export class MqttBroker {
    private readonly retained = new Map<string, Message>()
    private readonly sessions = new Map<string, Session>()
    private readonly clients = new Map<string, MqttClient>()
    private namelessClients = 0

    /** @param chance gives a number from 0 up to 1, another one each time */
    constructor(
        readonly packets: MqttPackets,
        private readonly chance: () => number,
    ) {}

    serve(connection: Connection): Conversation {
        return new MqttClient(this, connection)
    }

    connected(
        id: string,
        client: MqttClient,
        clean: boolean,
    ): { session: Session; known: boolean } {
        // One identifier, one connection: the one before is closed (section 3.1.4).
        this.clients.get(id)?.drop()
        this.clients.set(id, client)
        const before = clean ? undefined : this.sessions.get(id)
        const session = before ?? { subscriptions: new Map<string, QoS>(), missed: [] }
        if (clean) this.sessions.delete(id)
        else this.sessions.set(id, session)
        return { session, known: before !== undefined }
    }

    /** An identifier for a client that gives none. */
    nameless(): string {
        return `client-${++this.namelessClients}`
    }

    gone(id: string, client: MqttClient): void {
        if (this.clients.get(id) === client) this.clients.delete(id)
    }

    publish(message: Message): void {
        if (message.retain) {
            if (message.payload.length === 0) this.retained.delete(message.topic)
            else this.retained.set(message.topic, message)
        }
        const away = new Map(this.sessions)
        for (const [id, client] of this.clients) {
            away.delete(id)
            client.deliver({ ...message, retain: false })
        }
        for (const { subscriptions, missed } of away.values())
            if (
                message.qos > 0 &&
                missed.length < MAX_MISSED &&
                qosFor(subscriptions, message.topic)
            )
                missed.push({ ...message, retain: false })
    }

    retainedFor(filter: string): Message[] {
        return [...this.retained.values()].filter(({ topic }) => takesTopic(filter, topic))
    }

    /** What somebody else publishes: an object that both says and shows that it is made up. */
    othersPublish(filter: string): void {
        const topic = filter.replace(/[+#]/g, "simulated")
        const value = Math.round(this.chance() * 1000) / 10
        const text = JSON.stringify({ madeUp: true, value, state: value > 50 ? "ON" : "OFF" })
        this.publish({ topic, payload: new TextEncoder().encode(text), qos: 0, retain: false })
    }

    get othersAfterMs(): number {
        return OTHERS_MS * (0.5 + this.chance())
    }
}

/** One client's connection to a broker. */
class MqttClient implements Conversation {
    private readonly parser: ReturnType<MqttPackets["parser"]>
    private session: Session | undefined
    private id = ""
    private version = 4
    private will: Message | undefined
    private keepAliveMs = 0
    private heardSince = 0
    private isOver = false
    private lastMessageId = 0
    /** Messages of quality 2 that the client has not released yet. */
    private readonly held = new Map<number, Message>()

    constructor(
        private readonly broker: MqttBroker,
        private readonly connection: Connection,
    ) {
        this.parser = broker.packets.parser()
        this.parser.on("packet", packet => this.take(packet))
        this.parser.on("error", () => this.drop())
    }

    received(data: Uint8Array): void {
        this.heardSince++
        this.parser.parse(data)
    }

    closed(): void {
        if (this.isOver) return
        this.isOver = true
        this.broker.gone(this.id, this)
        if (this.will) this.broker.publish(this.will)
    }

    /** Closes the connection without a word, as a broker does with who breaks the rules. */
    drop(): void {
        if (this.isOver) return
        this.closed()
        this.connection.close()
    }

    deliver(message: Message): void {
        const granted = this.session && qosFor(this.session.subscriptions, message.topic)
        if (granted === undefined || this.isOver) return
        const qos = Math.min(granted, message.qos) as QoS
        this.connection.gave()
        this.send({
            ...{ cmd: "publish", dup: false, topic: message.topic, retain: message.retain, qos },
            payload: message.payload as never,
            ...(qos > 0 && { messageId: this.nextMessageId() }),
        })
    }

    private take(packet: Packet): void {
        if (this.isOver) return
        if (!this.session && packet.cmd !== "connect") return this.drop()
        switch (packet.cmd) {
            case "connect":
                return this.connect(packet)
            case "publish":
                return this.published(packet)
            case "pubrel": {
                const message = this.held.get(packet.messageId!)
                this.held.delete(packet.messageId!)
                if (message) this.broker.publish(message)
                return this.send({ cmd: "pubcomp", messageId: packet.messageId! })
            }
            case "pubrec":
                return this.send({ cmd: "pubrel", messageId: packet.messageId! })
            case "subscribe":
                return this.subscribe(packet)
            case "unsubscribe":
                for (const filter of packet.unsubscriptions)
                    this.session!.subscriptions.delete(filter)
                return this.send({
                    cmd: "unsuback",
                    messageId: packet.messageId!,
                    granted: packet.unsubscriptions.map(() => 0),
                })
            case "pingreq":
                return this.send({ cmd: "pingresp" })
            case "disconnect":
                this.will = undefined
                this.closed()
                return this.connection.close()
            case "puback":
            case "pubcomp":
                return
            default:
                return this.drop()
        }
    }

    private connect(packet: Extract<Packet, { cmd: "connect" }>): void {
        // A second CONNECT is a breach (section 3.1.0).
        if (this.session) return this.drop()
        const clean = packet.clean ?? true
        this.version = packet.protocolVersion ?? 4
        this.id = packet.clientId || this.broker.nameless()
        const { will } = packet
        if (will)
            this.will = {
                topic: will.topic,
                payload: new Uint8Array(will.payload as unknown as Uint8Array),
                qos: will.qos ?? 0,
                retain: will.retain ?? false,
            }
        const { session, known } = this.broker.connected(this.id, this, clean)
        this.session = session
        this.send({ cmd: "connack", sessionPresent: known, returnCode: 0, reasonCode: 0 })
        for (const message of session.missed.splice(0)) this.deliver(message)
        this.keepAliveMs = (packet.keepalive ?? 0) * 1000 * PATIENCE
        if (this.keepAliveMs > 0) this.watch()
    }

    private published(packet: Extract<Packet, { cmd: "publish" }>): void {
        if (!isTopic(packet.topic)) return this.drop()
        this.connection.took()
        const message = {
            topic: packet.topic,
            payload: new Uint8Array(packet.payload as Uint8Array),
            qos: packet.qos,
            retain: packet.retain,
        }
        if (packet.qos === 2) {
            this.held.set(packet.messageId!, message)
            return this.send({ cmd: "pubrec", messageId: packet.messageId! })
        }
        if (packet.qos === 1) this.send({ cmd: "puback", messageId: packet.messageId! })
        this.broker.publish(message)
    }

    private subscribe(packet: Extract<Packet, { cmd: "subscribe" }>): void {
        const { subscriptions } = this.session!
        const accepted = packet.subscriptions.filter(({ topic }) => isTopicFilter(topic))
        this.send({
            cmd: "suback",
            messageId: packet.messageId!,
            granted: packet.subscriptions.map(({ topic, qos }) =>
                isTopicFilter(topic) ? qos : REFUSED,
            ),
        })
        for (const { topic, qos } of accepted) {
            const isNew = !subscriptions.has(topic)
            subscriptions.set(topic, qos)
            for (const message of this.broker.retainedFor(topic)) this.deliver(message)
            if (isNew) this.listen(topic)
        }
    }

    /** Somebody else publishes on what the client listens to, as long as it does. */
    private listen(filter: string): void {
        this.connection.after(this.broker.othersAfterMs, () => {
            if (this.isOver || !this.session!.subscriptions.has(filter)) return
            this.broker.othersPublish(filter)
            this.listen(filter)
        })
    }

    /** Gives the client up when it has been silent for too long. */
    private watch(): void {
        const heard = this.heardSince
        this.connection.after(this.keepAliveMs, () => {
            if (this.isOver) return
            if (heard === this.heardSince) this.drop()
            else this.watch()
        })
    }

    private nextMessageId(): number {
        this.lastMessageId = (this.lastMessageId % 0xffff) + 1
        return this.lastMessageId
    }

    private send(packet: Packet): void {
        const options = { protocolVersion: this.version }
        this.connection.send(new Uint8Array(this.broker.packets.generate(packet, options)))
    }
}

/** The best quality that the subscriptions have for a topic, undefined when none takes it. */
function qosFor(subscriptions: ReadonlyMap<string, QoS>, topic: string): QoS | undefined {
    let best: QoS | undefined
    for (const [filter, qos] of subscriptions)
        if (takesTopic(filter, topic) && (best === undefined || qos > best)) best = qos
    return best
}

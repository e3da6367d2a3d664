import type { Packet, QoS } from "mqtt-packet"
import type { MqttPackets } from "../libraries/library"
import type { Connection, Conversation } from "./connection"
import { bestQos, type Broker, type Connected, type Message, type Session } from "./mqtt-session"
import { isTopic, isTopicFilter } from "./topic-filter"

/** The client is given up after this many times its keep-alive (MQTT 3.1.1, section 3.1.2.10). */
const PATIENCE = 1.5

/** MQTT's answer to a subscription it refuses. */
const REFUSED = 0x80

/** One client's connection to a broker. */
export class MqttClient implements Conversation, Connected {
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
        private readonly broker: Broker,
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
        const granted = this.session && bestQos(this.session.subscriptions, message.topic)
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

import type { QoS } from "mqtt-packet"
import type { MqttPackets } from "../libraries/library"
import type { Connection, Conversation } from "./connection"
import { MqttClient } from "./mqtt-client"
import { bestQos, type Broker, type Connected, type Message, type Session } from "./mqtt-session"
import { takesTopic } from "./topic-filter"

/** How often somebody else publishes on a topic that the board subscribes to, in simulated milliseconds. */
const OTHERS_MS = 20_000
/** Most messages kept for a client that is away. */
const MAX_MISSED = 100
/**
 * A broker of a made-up world, versions 3.1 to 5: retained messages, sessions, wills, the three qualities
 * of service, keep-alive. Besides the board somebody else publishes, on every topic it subscribes to.
 */
export class MqttBroker implements Broker {
    private readonly retained = new Map<string, Message>()
    private readonly sessions = new Map<string, Session>()
    private readonly clients = new Map<string, Connected>()
    private namelessClients = 0

    /** @param chance gives a number from 0 up to 1, another one each time */
    constructor(
        readonly packets: MqttPackets,
        private readonly chance: () => number,
        /** Topics on which nobody publishes by himself. */
        private readonly quiet: readonly string[] = [],
    ) {}

    serve(connection: Connection): Conversation {
        return new MqttClient(this, connection)
    }

    connected(id: string, client: Connected, clean: boolean): { session: Session; known: boolean } {
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

    gone(id: string, client: Connected): void {
        if (this.clients.get(id) === client) this.clients.delete(id)
    }

    /** How many clients are connected now. */
    get connections(): number {
        return this.clients.size
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
                bestQos(subscriptions, message.topic)
            )
                missed.push({ ...message, retain: false })
    }

    retainedFor(filter: string): Message[] {
        return [...this.retained.values()].filter(({ topic }) => takesTopic(filter, topic))
    }

    /** What somebody else publishes: an object that both says and shows that it is made up. */
    othersPublish(filter: string): void {
        if (this.quiet.some(topic => takesTopic(filter, topic))) return
        const topic = filter.replace(/[+#]/g, "simulated")
        const value = Math.round(this.chance() * 1000) / 10
        const text = JSON.stringify({ madeUp: true, value, state: value > 50 ? "ON" : "OFF" })
        this.publish({ topic, payload: new TextEncoder().encode(text), qos: 0, retain: false })
    }

    get othersAfterMs(): number {
        return OTHERS_MS * (0.5 + this.chance())
    }
}

import type { QoS } from "mqtt-packet"
import type { MqttPackets } from "../libraries/library"
import { takesTopic } from "./topic-filter"

export interface Message {
    topic: string
    payload: Uint8Array
    qos: QoS
    retain: boolean
}

/** What a broker keeps of a client beyond its connection. */
export interface Session {
    /** Quality of service by topic filter. */
    subscriptions: Map<string, QoS>
    /** Messages of quality 1 and 2 that came while the client was away. */
    missed: Message[]
}

/** A client that is connected. */
export interface Connected {
    deliver(message: Message): void
    /** Closes its connection without a word, as a broker does with who breaks the rules. */
    drop(): void
}

/** The broker, as its clients' connections see it. */
export interface Broker {
    readonly packets: MqttPackets
    /** Milliseconds until somebody else publishes. */
    readonly othersAfterMs: number
    connected(id: string, client: Connected, clean: boolean): { session: Session; known: boolean }
    gone(id: string, client: Connected): void
    /** An identifier for a client that gives none. */
    nameless(): string
    publish(message: Message): void
    retainedFor(filter: string): Message[]
    othersPublish(filter: string): void
}

/** The best quality that the subscriptions have for a topic, undefined when none takes it. */
export function bestQos(subscriptions: ReadonlyMap<string, QoS>, topic: string): QoS | undefined {
    let best: QoS | undefined
    for (const [filter, qos] of subscriptions)
        if (takesTopic(filter, topic) && (best === undefined || qos > best)) best = qos
    return best
}

import { generate, parser, type Packet } from "mqtt-packet"
import { expect, it } from "vitest"
import { Clock } from "../../../../../host/simulator/clock"
import { MqttBroker } from "../../../../../host/simulator/world/network/mqtt-broker"
import type { Connection } from "../../../../../host/simulator/world/network/connection"
import { loadWorldLibraries } from "../../../../../host/simulator/node/load-world-libraries"

/** A client of the broker that keeps what it hears. */
function client(broker: MqttBroker, clock = new Clock()) {
    const heard: Packet[] = []
    const reader = parser()
    reader.on("packet", packet => heard.push(packet))
    const state = { closed: false }
    const connection: Connection = {
        send: data => void reader.parse(Buffer.from(data)),
        close: () => (state.closed = true),
        after: (ms, action) => void clock.at(clock.nowUs + ms * 1000, action),
        took: () => undefined,
        gave: () => undefined,
    }
    const conversation = broker.serve(connection)
    const send = (packet: Packet) => conversation.received(new Uint8Array(generate(packet)))
    const connect = (more: object = {}) =>
        send({
            ...{ cmd: "connect", protocolId: "MQTT", protocolVersion: 4, clean: true },
            ...{ clientId: "board", keepalive: 0, ...more },
        } as Packet)
    return { heard, send, connect, state, conversation, clock }
}

const newBroker = () => new MqttBroker(loadWorldLibraries().mqtt(), () => 0.5)
const publish = (topic: string, text: string, more: object = {}) =>
    ({ cmd: "publish", topic, payload: text, qos: 0, retain: false, dup: false, ...more }) as Packet
const subscribe = (topic: string, qos = 0) =>
    ({ cmd: "subscribe", messageId: 1, subscriptions: [{ topic, qos }] }) as Packet

it("brings what is published to whoever subscribed, in the quality both want", () => {
    const broker = newBroker()
    const listener = client(broker)
    listener.connect({ clientId: "listener" })
    listener.send(subscribe("home/+/temperature", 1))
    const board = client(broker)
    board.connect({ username: "rw", password: "readwrite" })
    board.send(publish("home/kitchen/temperature", "21", { qos: 2, messageId: 7 }))
    board.send({ cmd: "pubrel", messageId: 7 })
    board.send(publish("home/kitchen/humidity", "40"))
    expect(board.heard.map(({ cmd }) => cmd)).toEqual(["connack", "pubrec", "pubcomp"])
    expect(listener.heard.map(({ cmd }) => cmd)).toEqual(["connack", "suback", "publish"])
    expect(listener.heard[2]).toMatchObject({ topic: "home/kitchen/temperature", qos: 1 })
    expect(String((listener.heard[2] as { payload: Buffer }).payload)).toBe("21")
})

it("keeps the last retained message for who comes later, and forgets it when it is emptied", () => {
    const broker = newBroker()
    const board = client(broker)
    board.connect()
    board.send(publish("a", "1", { retain: true }))
    board.send(publish("a", "2", { retain: true }))
    const later = client(broker)
    later.connect({ clientId: "later" })
    later.send(subscribe("#"))
    expect(later.heard.at(-1)).toMatchObject({ cmd: "publish", topic: "a", retain: true })
    board.send(publish("a", "", { retain: true }))
    const last = client(broker)
    last.connect({ clientId: "last" })
    last.send(subscribe("a"))
    expect(last.heard.map(({ cmd }) => cmd)).toEqual(["connack", "suback"])
})

it("publishes the will of who vanishes, not of who says goodbye", () => {
    const broker = newBroker()
    const listener = client(broker)
    listener.connect({ clientId: "listener" })
    listener.send(subscribe("state"))
    const will = { topic: "state", payload: "gone", qos: 0, retain: false }
    const polite = client(broker)
    polite.connect({ will })
    polite.send({ cmd: "disconnect" } as Packet)
    polite.conversation.closed?.()
    expect(listener.heard).toHaveLength(2)
    const rude = client(broker)
    rude.connect({ will })
    rude.conversation.closed?.()
    expect(listener.heard.at(-1)).toMatchObject({ cmd: "publish", topic: "state" })
})

it("gives up who is silent for longer than one and a half times its keep-alive", () => {
    const { connect, send, state, clock } = client(newBroker())
    connect({ keepalive: 10 })
    const wait = (untilSeconds: number) => {
        while (clock.nowUs < untilSeconds * 1e6) {
            clock.advanceTo(clock.nowUs + 1e6)
            clock.ring("before")
        }
    }
    wait(14)
    send({ cmd: "pingreq" })
    wait(29)
    expect(state.closed).toBe(false)
    wait(31)
    expect(state.closed).toBe(true)
})

it("hangs up on who breaks the rules", () => {
    const early = client(newBroker())
    early.send(publish("a", "1"))
    expect(early.state.closed).toBe(true)
    const twice = client(newBroker())
    twice.connect()
    twice.connect()
    expect(twice.state.closed).toBe(true)
    const wild = client(newBroker())
    wild.connect()
    wild.send(subscribe("a/#/b"))
    expect(wild.heard.at(-1)).toMatchObject({ cmd: "suback", granted: [0x80] })
    expect(wild.state.closed).toBe(false)
})

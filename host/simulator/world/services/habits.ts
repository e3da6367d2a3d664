import type {
    ButtonServer,
    CloudAdapterServer,
    GamepadServer,
    JDServiceServer,
    MatrixKeypadServer,
    RosServer,
    RotaryEncoderServer,
    SatNavServer,
    SensorServer,
    SwitchServer,
    WifiServer,
} from "jacdac-ts"
import type { ImageService } from "../../../model/program/program-image"
import type { Wifi } from "../network/wifi"
import type { DevicePlan } from "../plan"
import { CLOUD, WIFI } from "../recorded/recorded-network"
import type { RecordedCast } from "../recorded/recorded-services"
import { hourAt } from "../signals"
import { nowAndThen, type Life } from "./life"
import { READING } from "../../../wire/jacdac-packet"

/** A server of the catalogue, as far as all of them are the same. */
type Server = JDServiceServer

/** What is around a device, beside its own time and chance. */
export interface Around {
    wifi: Wifi
    /** Of the cloud's messages that the program listens to. */
    topics: readonly string[]
    /** Services that the program knows, which need not be in the catalogue. */
    services: readonly ImageService[]
    /** What somebody has said of devices, by the program's role. */
    devices?: ReadonlyMap<string, DevicePlan>
    /** What was recorded of devices, who tell it again. */
    cast?: RecordedCast
    /** Roles of devices that do nothing by themselves. */
    handled?: ReadonlySet<string>
}

/** Events of the catalogue that the servers leave to whoever plays them. */
const EVENT = {
    movement: 1,
    loud: 1,
    quiet: 2,
    keyDown: 1,
    keyUp: 2,
    keyClick: 3,
    shake: 0x8b,
} as const
/** How long the connection to the cloud takes, in simulated milliseconds. */
const CLOUD_MS = 1_000
const NETWORK_NAME = "simulated"
const BOARD_ADDRESS = [192, 168, 0, 42]
const GAMEPAD_BUTTONS = [0x0001, 0x0002, 0x0004, 0x0008, 0x0010, 0x0020] as const

/**
 * What people and circumstances do with the devices of a simulated world, by the short name of the
 * service in the Jacdac catalogue. Plain sensors are not here: they have signals.
 */
export const HABITS: Record<string, (server: Server, life: Life, around: Around) => void> = {
    button(server, life) {
        const button = server as unknown as ButtonServer
        nowAndThen(life, () => {
            // One press in four is a long one.
            const ms = life.oneOf(4) === 0 ? life.between(700, 1_600) : life.between(80, 300)
            void button.down()
            life.after(ms, () => void button.up())
            return ms
        })
    },
    switch(server, life) {
        const toggle = server as unknown as SwitchServer
        nowAndThen(life, () => {
            void toggle.toggle()
            return 0
        })
    },
    rotaryencoder(server, life) {
        const encoder = server as unknown as RotaryEncoderServer
        nowAndThen(life, () => {
            const clicks = 1 + life.oneOf(8)
            const direction = life.oneOf(2) === 0 ? 1 : -1
            for (let i = 0; i < clicks; i++)
                life.after(i * 90, () => void encoder.rotate(direction))
            return clicks * 90
        })
    },
    potentiometer: turnedKnob,
    motion(server, life) {
        const motion = server as unknown as SensorServer<[boolean]>
        nowAndThen(life, () => {
            const ms = life.between(2_000, 6_000)
            motion.reading.setValues([true])
            void motion.sendEvent(EVENT.movement)
            life.after(ms, () => motion.reading.setValues([false]))
            return ms
        })
    },
    soundlevel(server, life) {
        const sound = server as unknown as SensorServer<[number]>
        life.every(200, () => sound.reading.setValues([life.between(0.02, 0.12)]))
        nowAndThen(life, () => {
            sound.reading.setValues([0.8])
            void sound.sendEvent(EVENT.loud)
            life.after(700, () => void sound.sendEvent(EVENT.quiet))
            return 700
        })
    },
    gamepad(server, life) {
        const gamepad = server as unknown as GamepadServer
        nowAndThen(life, () => {
            if (life.oneOf(2) === 0) {
                void gamepad.updateDirection(life.between(-1, 1), life.between(-1, 1))
                life.after(400, () => void gamepad.updateDirection(0, 0))
            } else {
                const button = GAMEPAD_BUTTONS[life.oneOf(GAMEPAD_BUTTONS.length)]!
                void gamepad.down(button)
                life.after(200, () => void gamepad.up(button))
            }
            return 500
        })
    },
    matrixkeypad(server, life) {
        const keypad = server as unknown as MatrixKeypadServer
        const keys = keypad.rows.values()[0] * keypad.columns.values()[0]
        nowAndThen(life, () => {
            const key = life.oneOf(keys)
            const tell = (event: number) => void keypad.sendEvent(event, new Uint8Array([key]))
            void keypad.down(key)
            tell(EVENT.keyDown)
            life.after(150, () => {
                void keypad.up(key)
                tell(EVENT.keyUp)
                tell(EVENT.keyClick)
            })
            return 150
        })
    },
    accelerometer(server, life) {
        const accelerometer = server as unknown as SensorServer<[number, number, number]>
        const rest = () =>
            accelerometer.reading.setValues([
                life.between(-0.02, 0.02),
                life.between(-0.02, 0.02),
                -1 + life.between(-0.02, 0.02),
            ])
        life.every(100, rest)
        nowAndThen(life, () => {
            accelerometer.reading.setValues([life.between(-2, 2), life.between(-2, 2), -1])
            void accelerometer.sendEvent(EVENT.shake)
            return 0
        })
    },
    gyroscope(server, life) {
        const gyroscope = server as unknown as SensorServer<[number, number, number]>
        life.every(100, () =>
            gyroscope.reading.setValues([
                life.between(-2, 2),
                life.between(-2, 2),
                life.between(-2, 2),
            ]),
        )
    },
    color(server, life) {
        const color = server as unknown as SensorServer<[number, number, number]>
        life.every(1_000, () =>
            color.reading.setValues([
                life.between(0.2, 0.9),
                life.between(0.2, 0.9),
                life.between(0.2, 0.9),
            ]),
        )
    },
    satelittenavigationsystem(server, life) {
        const receiver = server as unknown as SatNavServer
        let north = 47.6
        let east = -122.1
        receiver.enabled.setValues([true])
        life.every(1_000, () => {
            north += life.between(-1e-4, 1e-4)
            east += life.between(-1e-4, 1e-4)
            receiver.reading.setValues([life.nowMs, north, east, 5, 60, 8])
        })
    },
    ros(server, life) {
        const ros = server as unknown as RosServer
        // It never comes back from keeping one message more than it keeps: it is to keep none.
        Object.assign(ros, { pushMessage: () => undefined })
        nowAndThen(life, () => {
            for (const topic of ros.subscriptions)
                void ros.publishMessage("simulated", topic, { value: life.oneOf(100) })
            return 5_000
        })
    },
    wifi(server, life, { wifi: network }) {
        const wifi = server as unknown as WifiServer
        // Its register always holds 16 bytes, and it takes zeros for an address: a board's has four, or none.
        const sendEvent = wifi.sendEvent.bind(wifi)
        wifi.sendEvent = (code, data) => {
            if (code !== WIFI.gotIp && code !== WIFI.lostIp) return sendEvent(code, data)
            const hasAddress = wifi.ipAddress.data.some(byte => byte !== 0)
            wifi.ipAddress.data = Uint8Array.from(hasAddress ? BOARD_ADDRESS : [])
            return sendEvent(hasAddress ? WIFI.gotIp : WIFI.lostIp)
        }
        let wasUp = false
        const follow = () => {
            const isUp = network.isUp(life.nowMs)
            wifi.ssid.setValues([isUp ? NETWORK_NAME : ""])
            if (isUp !== wasUp)
                wifi.ipAddress.setValues([new Uint8Array(isUp ? BOARD_ADDRESS : [])])
            wasUp = isUp
            const nextMs = network.changesAtMs(life.nowMs)
            if (nextMs < Infinity) life.after(nextMs - life.nowMs, follow)
        }
        // A program that has just begun shall hear of the first connection, too.
        life.after(2_000, follow)
        network.onSet(() => life.after(0, follow))
        life.every(15_000, () =>
            wifi.register(READING)?.setValues([Math.round(life.between(-70, -50))]),
        )
    },
    cloudadapter(server, life, { wifi: network, topics }) {
        const cloud = server as unknown as CloudAdapterServer
        cloud.connectionNameRegister.setValues(["simulated cloud"])
        const follow = () => {
            cloud.connected = network.isUp(life.nowMs)
            const nextMs = network.changesAtMs(life.nowMs)
            if (nextMs < Infinity) life.after(nextMs - life.nowMs + CLOUD_MS, follow)
        }
        life.after(CLOUD_MS, follow)
        network.onSet(() => life.after(network.isUp(life.nowMs) ? CLOUD_MS : 0, follow))
        // What a cloud sends by itself: on a topic that is listened to, or one that says so.
        let told = 0
        nowAndThen(life, () => {
            const text = JSON.stringify({
                value: life.oneOf(100),
                hour: Math.floor(hourAt(life.nowMs)),
            })
            void cloud.sendEvent(
                CLOUD.json,
                zeroTerminated(topics[told++ % topics.length] ?? "simulated", text),
            )
            return 30_000
        })
    },
}

/** A knob that somebody turns to another place. */
function turnedKnob(server: Server, life: Life): void {
    const knob = server as unknown as SensorServer<[number]>
    nowAndThen(life, () => {
        const [from] = knob.reading.values()
        const to = life.between(0, 1)
        for (let step = 1; step <= 10; step++)
            life.after(step * 80, () => knob.reading.setValues([from + ((to - from) * step) / 10]))
        return 800
    })
}

/** As the service packs a topic and its text. */
function zeroTerminated(topic: string, text: string): Uint8Array {
    return new TextEncoder().encode(`${topic}\0${text}`)
}

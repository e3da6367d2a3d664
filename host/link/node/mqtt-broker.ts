import { createRequire } from "node:module"
import type { connect, IClientOptions, MqttClient } from "mqtt"
import { UserError } from "../../base/errors"
import type { Access } from "./access"

/** The version that it is tested with. */
const VERSION = "5.16.0"
/** Real milliseconds from a lost connection to the next attempt. */
const AGAIN_MS = 1000
const PROTOCOLS = ["mqtt:", "mqtts:", "ws:", "wss:"]

/** What of the package is used. */
interface Mqtt {
    connect: typeof connect
}

export interface BrokerOptions {
    access: Access
    /** By which the broker knows it again. */
    clientId: string
    /** The broker is to keep what comes while it is away: until then it is known by its identifier. */
    isKept: boolean
    /** What the broker is to publish, and keep, when it is gone without a word. */
    will?: { topic: string; payload: string }
}

/**
 * A client of an MQTT broker, which connects again for as long as it lives. MQTT 3.1.1: every broker has it.
 * @throws UserError for an address that is none, or when the optional package `mqtt` is not installed
 */
export function openBroker(
    address: string,
    { access, clientId, isKept, will }: BrokerOptions,
): MqttClient {
    checkBroker(address)
    const { user, password, ca, cert, key } = access
    const options: IClientOptions = {
        ...{ clientId, clean: !isKept, protocolVersion: 4, resubscribe: false },
        ...{ reconnectPeriod: AGAIN_MS, reconnectOnConnackError: true },
        // What is for now is not to be sent later.
        queueQoSZero: false,
        ...(user !== undefined && { username: user }),
        ...(password !== undefined && { password }),
        ...(ca !== undefined && { ca }),
        ...(cert !== undefined && { cert }),
        ...(key !== undefined && { key }),
        ...(will && {
            will: { ...will, payload: Buffer.from(will.payload), qos: 1, retain: true },
        }),
    }
    return loadMqtt().connect(address, options)
}

/** Ends a client, with a word of goodbye if the broker is there. */
export async function closeBroker(client: MqttClient): Promise<void> {
    await client.endAsync(!client.connected)
}

/**
 * Whether there can be a client of that broker. Nothing of an address is printed that may be a secret.
 * @throws UserError as `openBroker` does
 */
export function checkBroker(address: string): void {
    loadMqtt()
    const url = URL.canParse(address) ? new URL(address) : undefined
    if (!url || !PROTOCOLS.includes(url.protocol) || url.hostname === "")
        throw new UserError(
            "E_CONFIG",
            "A broker's address is mqtt://host:1883, mqtts://host:8883, ws:// or wss://.",
        )
    if (url.username !== "" || url.password !== "")
        throw new UserError(
            "E_CONFIG",
            `The address of the broker ${url.host} has a user in it: name user, and passwordFile or passwordEnv, beside it.`,
        )
}

function loadMqtt(): Mqtt {
    const require = createRequire(import.meta.url)
    try {
        return require("mqtt") as Mqtt
    } catch {
        throw new UserError(
            "E_MQTT_MISSING",
            `The client of MQTT brokers, the npm package mqtt ${VERSION}, is not installed: npm install --save-dev --save-exact mqtt@${VERSION}`,
        )
    }
}

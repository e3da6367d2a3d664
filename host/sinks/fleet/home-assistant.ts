import { hostname } from "node:os"
import type { BoardReading, FleetBoard } from "../../analysis/fleet/fleet-board"
import { connectionFailure, UserError } from "../../base/errors"
import { parseDuration } from "../../base/parse-units"
import type { OutputConfig } from "../../documents/fleet/fleet-config"
import { readAccess } from "../../link/node/access"
import { closeBroker, openBroker } from "../../link/node/mqtt-broker"
import type { FleetOutput, FleetOutputKind } from "./fleet-output"
import { boardId, boardTopics, discovery, fleetTopic, stateOf } from "./home-assistant-discovery"

type Settings = OutputConfig<"homeAssistant">

const DEFAULT_EVERY = "30s"
const [HERE, GONE] = ["online", "offline"]
/** A topic that is published to, without wildcards. */
const TOPIC = /^[^+#\0]+$/

/** Each board as a device of Home Assistant, by MQTT discovery, for the table. */
export const homeAssistant: FleetOutputKind<Settings> = {
    key: "homeAssistant",
    flags: [
        {
            flag: "--home-assistant <url>",
            text: "make each board a device of Home Assistant, over its MQTT broker, as mqtt://host:1883",
        },
    ],
    fromFlags: ({ homeAssistant: url }) => (url === undefined ? undefined : { url: String(url) }),
    open({ url, prefix = "homeassistant", topic = "heapscope-fleet", every, ...secrets }, request) {
        const everyMs = typeof every === "number" ? every : parseDuration(every ?? DEFAULT_EVERY)
        if (!TOPIC.test(prefix) || !TOPIC.test(topic))
            throw new UserError(
                "E_CONFIG",
                "fleet.outputs.homeAssistant: prefix and topic are topics to publish to, without wildcards.",
            )
        const topics = { prefix, base: topic }
        const broker = openBroker(url, {
            access: readAccess(secrets, request),
            clientId: `heapscope-home-assistant-${hostname()}`,
            isKept: false,
            will: { topic: fleetTopic(topics), payload: GONE },
        })
        const known = new Map<FleetBoard, Published>()
        const status = { name: "homeAssistant", sent: 0, waiting: 0, dropped: 0 }
        let failure: string | undefined
        const keep = (topic: string, payload: string) =>
            broker.publish(topic, payload, { qos: 1, retain: true })
        const introduce = (board: FleetBoard, { isHere }: Published) => {
            const { topic, payload } = discovery(board, topics)
            keep(topic, JSON.stringify(payload))
            keep(boardTopics(topics, boardId(board.name)).here, isHere ? HERE : GONE)
        }
        broker.on("connect", () => {
            failure = undefined
            keep(fleetTopic(topics), HERE)
            // The broker may have begun anew, and with nothing.
            for (const [board, published] of known) introduce(board, published)
        })
        broker.on("error", error => {
            const why = connectionFailure(error)
            if (failure === undefined) request.announce(`Home Assistant's broker: ${why}`)
            failure = why
        })
        const publish = ({ board, atMs, metrics }: BoardReading): void => {
            let published = known.get(board)
            const isHere = board.isHere !== false
            if (!published || published.isHere !== isHere || published.sha256 !== board.sha256) {
                published = { isHere, sha256: board.sha256, atMs: published?.atMs ?? -Infinity }
                known.set(board, published)
                if (broker.connected) introduce(board, published)
            }
            if (!isHere || !broker.connected || atMs - published.atMs < everyMs) return
            published.atMs = atMs
            broker.publish(
                boardTopics(topics, boardId(board.name)).state,
                JSON.stringify(stateOf({ metrics })),
                { qos: 0, retain: true },
                error => {
                    if (!error) status.sent++
                },
            )
        }
        return {
            reading: publish,
            status: () => ({ ...status, ...(failure !== undefined && { failure }) }),
            async close() {
                if (broker.connected)
                    await broker.publishAsync(fleetTopic(topics), GONE, { qos: 1, retain: true })
                await closeBroker(broker)
            },
        } satisfies FleetOutput
    },
}

/** What was published of a board last. */
interface Published {
    isHere: boolean
    sha256: string | undefined
    atMs: number
}

import { hostname } from "node:os"
import type { IPublishPacket, MqttClient } from "mqtt"
import { connectionFailure } from "../../base/errors"
import { untilAborted } from "../../base/pause"
import type { BoardsConfig } from "../../documents/fleet/fleet-config"
import { AgentEvents } from "../../link/agent/agent-events"
import { readAccess } from "../../link/node/access"
import { checkBroker, closeBroker, openBroker } from "../../link/node/mqtt-broker"
import { knownBoards } from "../known-boards"
import type { FleetIntake, FleetSourceKind } from "./fleet-source"
import { ReportingBoard } from "./reporting-board"
import { checkFilter, nameInTopic } from "./topic-name"

type Config = Extract<BoardsConfig, { mqtt: unknown }>

/** What `heapscope/devs/agent/mqtt` publishes to. */
const DEFAULT_TOPICS = ["heapscope/+"]
/** No line of the agent is longer; another's message is not read. Bytes. */
const MAX_PAYLOAD = 400

/** Boards that publish their reports to an MQTT broker, for the table. */
export const mqttBoards: FleetSourceKind<Config> = {
    key: "mqtt",
    flags: [
        {
            flag: "--mqtt <url>",
            text: "boards that publish to this broker, as mqtt://host:1883, each under heapscope/<its name>",
        },
    ],
    fromFlags: ({ mqtt }) => (mqtt === undefined ? [] : [{ mqtt: String(mqtt) }]),
    async open(config, { cwd, env, build, settings, life }) {
        const { mqtt: address, topics = DEFAULT_TOPICS, program: entry } = config
        checkBroker(address)
        for (const topic of topics) checkFilter(topic)
        const program = entry === undefined ? undefined : await build(entry)
        const { board } = settings({ board: config.board }, program)
        const known = knownBoards()
        const start = program && known.start?.(board, program)
        const lived = program && life?.(board, program)
        const about = { program: { entry: program?.entry ?? "" }, board, vm: { version: null } }
        const client = config.client ?? `heapscope-fleet-${hostname()}`
        const access = readAccess(config, { cwd, env })
        return {
            how: address,
            async run(intake, signal) {
                const boards = new Map<string, ReportingBoard>()
                const boardCalled = (name: string): ReportingBoard | undefined => {
                    const there = boards.get(name)
                    if (there) return there
                    const taken = intake.board({ name, about })
                    if (!taken) return undefined
                    const agent = new AgentEvents(
                        ...([board.heapBytes, known.idle(board), start, undefined] as const),
                        { life: lived },
                    )
                    const made = new ReportingBoard(taken, agent)
                    boards.set(name, made)
                    return made
                }
                const broker = openBroker(address, { access, clientId: client, isKept: true })
                listen(broker, topics, intake, (topic, text) => {
                    const name = topics
                        .map(filter => nameInTopic(topic, filter))
                        .find(found => found !== undefined)
                    if (name === undefined || !/^hs\d/.test(text)) return false
                    // One board too many is the fleet's to tell of, not a message that is no report.
                    return boardCalled(name)?.take(text, Date.now()) ?? true
                })
                try {
                    await untilAborted(signal)
                } finally {
                    await closeBroker(broker)
                    for (const one of boards.values()) one.leave()
                }
            },
        }
    },
}

/** @param take takes a message; false when it is no report */
function listen(
    broker: MqttClient,
    topics: string[],
    { notify }: FleetIntake,
    take: (topic: string, text: string) => boolean,
): void {
    let failure = ""
    const failed = (why: string) => {
        if (why !== failure) notify(`the broker: ${why}`)
        failure = why
    }
    broker.on("connect", () => {
        broker.subscribe(topics, { qos: 1 }, (error, granted) => {
            const refused = granted?.filter(({ qos }) => qos > 2) ?? []
            if (error) failed(error.message)
            else if (refused.length > 0)
                failed(`it does not let us hear ${refused.map(({ topic }) => topic).join(", ")}`)
            else failure = ""
        })
    })
    broker.on("error", error => failed(connectionFailure(error)))
    let hasOther = false
    broker.on("message", (topic: string, payload: Buffer, { retain }: IPublishPacket) => {
        // Somebody had the broker keep it: it is of who knows when.
        if (retain) return
        if (payload.length <= MAX_PAYLOAD && take(topic, payload.toString("latin1"))) return
        if (!hasOther) notify(`a message under ${JSON.stringify(topic.slice(0, 64))} is no report`)
        hasOther = true
    })
}

import type { Connection, Conversation } from "./connection"
import { NO_ANSWERS, wantedFrom, type WantedAnswers } from "../wanted-answer"
import { httpMessage, madeUpAnswer } from "./http-answer"
import { HttpRequestReader, type HttpRequest } from "./http-request"
import { sendPlanned, type PlannedServers } from "./planned-servers"
import { acceptWebSocket, OPCODE, WebSocketReader, webSocketFrame } from "./websocket"

/** How long a server thinks about a request, in simulated milliseconds. */
const THINKING_MS = 40

/** A made-up web server at one connection: HTTP, and a WebSocket that gives back what it gets. */
export class HttpServer implements Conversation {
    private readonly requests = new HttpRequestReader()
    private frames: WebSocketReader | undefined

    /**
     * @param chance gives a number from 0 up to 1, another one each time
     * @param wanted what the program reads of the JSON documents that it fetches
     */
    constructor(
        private readonly host: string,
        private readonly connection: Connection,
        private readonly nowMs: () => number,
        private readonly chance: () => number,
        private readonly planned: PlannedServers,
        /** How much longer it thinks than it would, in simulated milliseconds. */
        private readonly slowerMs = 0,
        private readonly wanted: WantedAnswers = NO_ANSWERS,
    ) {}

    received(data: Uint8Array): void {
        try {
            if (this.frames) this.echo(data)
            else for (const request of this.requests.add(data)) this.answer(request)
        } catch (error) {
            if (!(error instanceof SyntaxError)) throw error
            const body = { type: "text/plain", body: new Uint8Array(0) }
            this.connection.send(httpMessage(body, { keepAlive: false, status: "400 Bad Request" }))
            this.connection.close()
        }
    }

    private answer(request: HttpRequest): void {
        const { connection } = this
        connection.took()
        const key = request.headers.get("sec-websocket-key")
        if (key !== undefined && /websocket/i.test(request.headers.get("upgrade") ?? "")) {
            this.frames = new WebSocketReader()
            connection.send(acceptWebSocket(key))
            connection.gave()
            connection.upgraded?.()
            const rest = this.requests.rest()
            if (rest.length > 0) this.echo(rest)
            return
        }
        const keepAlive = !/\bclose\b/i.test(request.headers.get("connection") ?? "")
        const isHead = request.method === "HEAD"
        const plan = this.planned.answerTo(this.host, request)
        if (plan) {
            const options = { head: isHead, keepAlive }
            const send = () => sendPlanned(connection, plan, options)
            return connection.after(plan.delayMs + this.slowerMs, send)
        }
        connection.after(THINKING_MS + this.slowerMs, () => {
            const { host } = this
            const wanted = wantedFrom(this.wanted, host, request.target)
            const facts = { host, wanted, nowMs: this.nowMs(), chance: this.chance() }
            const answer = madeUpAnswer(request, facts)
            connection.send(httpMessage(answer, { head: isHead, keepAlive }))
            connection.gave()
            if (!keepAlive) connection.close()
        })
    }

    private echo(data: Uint8Array): void {
        const { connection } = this
        for (const frame of this.frames!.add(data)) {
            switch (frame.opcode) {
                case OPCODE.close:
                    connection.send(webSocketFrame(frame))
                    return connection.close()
                case OPCODE.pong:
                    continue
                case OPCODE.ping:
                    connection.send(webSocketFrame({ ...frame, opcode: OPCODE.pong }))
                    continue
                default:
                    connection.took()
                    connection.send(webSocketFrame(frame))
                    connection.gave()
            }
        }
    }
}

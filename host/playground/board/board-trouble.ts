import type { ErrorCode } from "../../base/error-codes"
import { HeapscopeError } from "../../base/errors"
import { NothingChosenError } from "../../link/web-serial/choose-port"

/** Why something with a board came to nothing, for people. */
export interface Trouble {
    title: string
    /** What happened, and what to do. */
    text: string
}

/** What was under way. */
export type Attempt = "connect" | "deploy"

/** Web Serial on a computer, by the tables of browser support (caniuse.com, `web-serial`). */
export const BROWSERS = "Chrome and Edge from version 89, and Opera from version 76, on a computer"

const TITLES: Partial<Record<ErrorCode, string>> = {
    E_CONNECT: "The port cannot be opened",
    E_NO_ANSWER: "The board does not answer",
    E_NO_SERVICE: "Other firmware",
    E_OTHER_RUNTIME: "Other firmware",
    E_LINK_LOST: "The connection was lost",
    E_PROGRAM_TOO_BIG: "The program is too big",
    E_BOARD_BUSY: "The board is busy",
    E_DEPLOY: "The program did not get there",
    E_SETTING: "A setting was not taken",
}

/**
 * Says why a browser has no serial ports to offer.
 * @param isSecure whether the page came over a connection that browsers trust
 */
export function whyNoSerial(isSecure: boolean): Trouble {
    return isSecure
        ? {
              title: "This browser has no Web Serial",
              text: `A real board is reached through Web Serial, which this browser does not have. ${BROWSERS}, do: open this address in one of them. Everything else here works without it.`,
          }
        : {
              title: "Serial ports need a secure address",
              text: `Browsers let a page use a serial port only if it came by https:, or from this computer itself. Open it at such an address, in one of ${BROWSERS}.`,
          }
}

/**
 * Says what went wrong.
 * @param address how people call the port
 */
export function explainTrouble(error: unknown, address: string, attempt: Attempt): Trouble {
    if (error instanceof NothingChosenError)
        return { title: "No port was chosen", text: error.message }
    if (error instanceof HeapscopeError) {
        const { code, message } = error
        if (attempt === "connect" && code === "E_NO_ANSWER") return noAnswer(address)
        if (attempt === "connect" && code === "E_NO_SERVICE") return otherFirmware(address)
        return { title: TITLES[code] ?? untitled(attempt), text: message }
    }
    const { name, message } = error as Error
    if (name === "SecurityError")
        return {
            title: "This page may not use serial ports",
            text: `The browser refuses it: ${message.replace(/\.$/, "")}. A page inside another page may only if that one allows it: open this address in a tab of its own. Somebody who looks after this computer may have switched Web Serial off.`,
        }
    return { title: untitled(attempt), text: `${name}: ${message}` }
}

function untitled(attempt: Attempt): string {
    return attempt === "connect" ? "The board cannot be watched" : "The program was not deployed"
}

function noAnswer(address: string): Trouble {
    return {
        title: "No DeviceScript board answers",
        text: `Nothing at ${address} speaks as a DeviceScript board does. Press the board's reset button and try again. If it stays silent, it has other firmware, or none yet: \`heapscope flash\` puts DeviceScript on it. Or the port is another device's: choose another.`,
    }
}

function otherFirmware(address: string): Trouble {
    return {
        title: "Other firmware",
        text: `What answers at ${address} speaks the same protocol, and runs no DeviceScript programs: a module with other firmware, or another device. \`heapscope flash\` puts DeviceScript on a board.`,
    }
}
